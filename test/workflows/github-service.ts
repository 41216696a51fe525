import { type Answered, type Asked, pageOf, startService, type WebService } from './web-service.ts';

/** What a token may do: `contents: write`. */
export type Permissions = Readonly<Record<string, string>>;

interface Text {
  readonly id: number;
  readonly number: number;
  readonly user: { readonly login: string; readonly type: string };
  /** An issue need have none. */
  body: string | null;
  title?: string;
  state: string;
  readonly pull_request?: object;
}

interface Run {
  readonly id: number;
  readonly file: string;
  readonly event: string;
  /** `main` where it is not said. */
  readonly branch?: string;
  readonly headSha: string;
  conclusion: string;
  readonly fork: boolean;
}

interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string; readonly ref?: string };
  readonly base: { readonly ref: string };
  readonly merged_at: string | null;
  readonly commits: readonly string[];
}

/** The part of GitHub that the workflows talk to. */
export interface GitHub {
  readonly web: WebService;
  /** Comments of all pull requests. */
  readonly comments: Text[];
  readonly issues: Text[];
  readonly runs: Run[];
  readonly pulls: Pull[];
  /** The commits of the branch that applies run for, the oldest first. */
  readonly history: string[];
  /** A token of a job, or of a person. */
  readonly issueToken: (permissions: Permissions, login?: string) => string;
}

const repository = '/repos/acme/books';

/** Starts it, with nothing in it. */
export async function startGitHub(): Promise<GitHub> {
  const tokens = new Map<string, { permissions: Permissions; login: string | null }>();
  const state = {
    comments: [] as Text[],
    issues: [] as Text[],
    runs: [] as Run[],
    pulls: [] as Pull[],
    history: [] as string[],
  };
  const web = await startService((asked) => {
    const who = tokens.get(asked.token);
    if (who === undefined) return { status: 401, body: { message: 'Bad credentials' } };
    return answer(asked, who, state);
  });
  return {
    web,
    ...state,
    issueToken: (permissions, login) => {
      const token = `ghs_${'0123456789abcdef'.repeat(2)}${tokens.size}`;
      tokens.set(token, { permissions, login: login ?? null });
      return token;
    },
  };
}

type State = Omit<GitHub, 'web' | 'issueToken'>;

function answer(
  { body, method, path, query }: Asked,
  who: { readonly permissions: Permissions; readonly login: string | null },
  { comments, history, issues, pulls, runs }: State,
): Answered {
  const may = (...wanted: readonly (readonly [string, string])[]) =>
    wanted.some(([what, how]) => who.permissions[what] === how || who.permissions[what] === 'write');
  const refused = { status: 403, body: { message: 'Resource not accessible by integration' } };
  const user = { login: who.login ?? 'github-actions[bot]', type: who.login === null ? 'Bot' : 'User' };
  const fresh = (number: number): Text => ({
    id: 900_000 + comments.length + issues.length,
    number,
    user,
    state: 'open',
    body: String(body.body),
    ...(typeof body.title === 'string' ? { title: body.title } : {}),
  });
  const change = (text: Text | undefined): Answered => {
    if (text === undefined) return { status: 404, body: { message: 'Not Found' } };
    if (typeof body.body === 'string') text.body = body.body;
    if (typeof body.state === 'string') text.state = body.state;
    return { status: 200, body: text };
  };
  if (path === '/user') return who.login === null ? refused : { status: 200, body: user };
  const at = path.startsWith(repository) ? path.slice(repository.length) : '';
  const route = `${method} ${at}`;
  const part = (pattern: RegExp): string | undefined => pattern.exec(route)?.[1];

  const commented = part(/^\w+ \/issues\/(\d+)\/comments$/);
  if (commented !== undefined) {
    if (!may(['pull-requests', method === 'GET' ? 'read' : 'write'])) return refused;
    const number = Number(commented);
    if (method === 'GET')
      return {
        status: 200,
        body: pageOf(
          comments.filter((each) => each.number === number),
          query,
        ),
      };
    comments.push(fresh(number));
    return { status: 201, body: comments.at(-1) };
  }
  const comment = part(/^PATCH \/issues\/comments\/(\d+)$/);
  if (comment !== undefined) {
    if (!may(['pull-requests', 'write'])) return refused;
    return change(comments.find(({ id }) => id === Number(comment)));
  }
  if (at === '/issues' || /^\/issues\/\d+$/.test(at)) {
    if (!may(['issues', method === 'GET' ? 'read' : 'write'])) return refused;
    if (method === 'GET')
      return {
        status: 200,
        body: pageOf(
          issues.filter((each) => each.state === query.get('state')),
          query,
        ),
      };
    if (method === 'PATCH') return change(issues.find(({ number }) => at === `/issues/${number}`));
    issues.push(fresh(issues.length + 1));
    return { status: 201, body: issues.at(-1) };
  }
  const commit = part(/^GET \/commits\/(\w+)\/pulls$/);
  if (commit !== undefined) {
    if (!may(['pull-requests', 'read'])) return refused;
    return { status: 200, body: pulls.filter(({ commits }) => commits.includes(commit)) };
  }
  if (route === 'GET /pulls') {
    if (!may(['pull-requests', 'read'])) return refused;
    const found = pulls.filter(
      ({ base, head }) => base.ref === query.get('base') && query.get('head') === `acme:${head.ref}`,
    );
    return { status: 200, body: pageOf(found, query) };
  }
  const [, older, newer] = /^GET \/compare\/(\w+)\.\.\.(\w+)$/.exec(route) ?? [];
  if (older !== undefined && newer !== undefined) {
    if (!may(['contents', 'read'])) return refused;
    const [from, to] = [history.indexOf(older), history.indexOf(newer)];
    const status = older === newer ? 'identical' : from < 0 ? 'diverged' : from < to ? 'ahead' : 'behind';
    return { status: 200, body: { status } };
  }
  const file = part(/^GET \/actions\/workflows\/([\w.-]+)\/runs$/);
  if (file !== undefined) {
    if (!may(['actions', 'read'])) return refused;
    const found = runs.filter(
      (run) =>
        run.file === file &&
        run.event === query.get('event') &&
        run.conclusion === query.get('status') &&
        run.headSha === query.get('head_sha'),
    );
    return { status: 200, body: { workflow_runs: pageOf(found.map(runDocument).reverse(), query) } };
  }
  const run = part(/^GET \/actions\/runs\/(\d+)$/);
  if (run !== undefined) {
    if (!may(['actions', 'read'])) return refused;
    const found = runs.find(({ id }) => id === Number(run));
    return found
      ? { status: 200, body: runDocument(found) }
      : { status: 404, body: { message: 'Not Found' } };
  }
  return { status: 404, body: { message: `no such route: ${route}` } };
}

const runDocument = ({ branch = 'main', conclusion, event, file, fork, headSha, id }: Run): unknown => ({
  id,
  path: `.github/workflows/${file}`,
  event,
  conclusion,
  head_branch: branch,
  head_sha: headSha,
  repository: { id: 1 },
  head_repository: { id: fork ? 2 : 1 },
  html_url: `https://github.com/acme/books/actions/runs/${id}`,
});
