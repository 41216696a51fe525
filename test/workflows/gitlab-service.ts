import { type Answered, type Asked, pageOf, startService, type WebService } from './web-service.ts';

interface Text {
  readonly id: number;
  readonly iid: number;
  readonly author: { readonly id: number };
  title?: string;
  /** Of a note. */
  body?: string | null;
  /** Of an issue. */
  description?: string | null;
  state: string;
}

interface Request {
  readonly iid: number;
  readonly sha: string;
  readonly state: string;
  readonly target_branch: string;
  readonly source_project_id: number;
  readonly target_project_id: number;
  readonly commits: readonly string[];
}

interface Pipeline {
  readonly id: number;
  readonly iid: number;
  readonly sha: string;
  /** That of the branch as it is where it is not said. */
  readonly ref?: string;
  readonly job: {
    readonly id: number;
    readonly name: string;
    readonly succeeded: boolean;
    readonly kept: Buffer | null;
  };
}

/** The part of GitLab that the pipeline talks to. */
export interface GitLab {
  readonly web: WebService;
  readonly token: string;
  /** Git takes it, the API does not. */
  readonly pushToken: string;
  /** The parents of commits that were made for pipelines. */
  readonly parents: Record<string, readonly string[]>;
  readonly notes: Text[];
  readonly issues: Text[];
  readonly requests: Request[];
  readonly pipelines: Pipeline[];
}

const me = 5;

/** Starts it, with nothing in it. */
export async function startGitLab(): Promise<GitLab> {
  const token = `glpat-${'0123456789abcdef'}`;
  const state = {
    notes: [] as Text[],
    issues: [] as Text[],
    requests: [] as Request[],
    pipelines: [] as Pipeline[],
    parents: {} as Record<string, readonly string[]>,
  };
  const web = await startService((asked) =>
    asked.token === token ? answer(asked, state) : { status: 401, body: { message: '401 Unauthorized' } },
  );
  return { web, token, pushToken: `glpat-${'fedcba9876543210'}`, ...state };
}

function answer(
  { body, method, path, query }: Asked,
  { issues, notes, parents, pipelines, requests }: Omit<GitLab, 'web' | 'token' | 'pushToken'>,
): Answered {
  if (path === '/user') return { status: 200, body: { id: me } };
  const at = path.startsWith('/projects/1/') ? path.slice('/projects/1'.length) : '';
  const route = `${method} ${at}`;
  const part = (pattern: RegExp): string | undefined => pattern.exec(route)?.[1];
  const missing = { status: 404, body: { message: '404 Not found' } };
  const change = (text: Text | undefined): Answered => {
    if (text === undefined) return missing;
    Object.assign(text, body);
    if (body.state_event === 'close') text.state = 'closed';
    return { status: 200, body: text };
  };
  const add = (texts: Text[], iid: number): Answered => {
    texts.push({ id: 9000 + texts.length, iid, author: { id: me }, state: 'opened', ...body });
    return { status: 201, body: texts.at(-1) };
  };

  const noted = part(/^\w+ \/merge_requests\/(\d+)\/notes$/);
  if (noted !== undefined) {
    if (method === 'POST') return add(notes, Number(noted));
    return {
      status: 200,
      body: pageOf(
        notes.filter(({ iid }) => iid === Number(noted)),
        query,
      ),
    };
  }
  const note = part(/^PUT \/merge_requests\/\d+\/notes\/(\d+)$/);
  if (note !== undefined) return change(notes.find(({ id }) => id === Number(note)));
  if (at === '/issues') {
    if (method === 'POST') return add(issues, issues.length + 1);
    return {
      status: 200,
      body: pageOf(
        issues.filter(({ state }) => state === query.get('state')),
        query,
      ),
    };
  }
  const issue = part(/^PUT \/issues\/(\d+)$/);
  if (issue !== undefined) return change(issues.find(({ iid }) => iid === Number(issue)));
  const commit = part(/^GET \/repository\/commits\/(\w+)\/merge_requests$/);
  if (commit !== undefined)
    return { status: 200, body: requests.filter(({ commits }) => commits.includes(commit)) };
  const single = part(/^GET \/repository\/commits\/(\w+)$/);
  if (single !== undefined) {
    const found = parents[single];
    return found ? { status: 200, body: { parent_ids: found } } : missing;
  }
  const request = part(/^GET \/merge_requests\/(\d+)\/pipelines$/);
  if (request !== undefined) {
    const found = pipelines
      .filter(({ iid }) => iid === Number(request))
      .map(({ id, ref, sha }) => ({ id, sha, ref: ref ?? `refs/merge-requests/${request}/head` }));
    return { status: 200, body: pageOf(found.reverse(), query) };
  }
  const pipeline = part(/^GET \/pipelines\/(\d+)\/jobs$/);
  if (pipeline !== undefined) {
    const found = pipelines.filter(({ id, job }) => id === Number(pipeline) && job.succeeded);
    return {
      status: 200,
      body: pageOf(
        found.map(({ job: { id, name } }) => ({ id, name })),
        query,
      ),
    };
  }
  const job = part(/^GET \/jobs\/(\d+)\/artifacts\/ledgerform-plan\.tar$/);
  const kept = pipelines.find((each) => each.job.id === Number(job))?.job.kept;
  return kept ? { status: 200, body: kept } : missing;
}
