/** What Git needs of the environment. Nothing else is passed on, so that no credential reaches it or a hook. */
const passed = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'PATHEXT', 'TMPDIR', 'TEMP', 'XDG_CONFIG_HOME'];
/** What Git may need besides to reach a remote. */
const passedToRemotes =
  /^(?:GIT_(?:ASKPASS|SSH|SSH_COMMAND|SSL_\w+|HTTP_\w+|CONFIG_COUNT|CONFIG_(?:KEY|VALUE)_\d+)|SSH_(?:ASKPASS|AUTH_SOCK)|https?_proxy|no_proxy|all_proxy|LOCALAPPDATA|APPDATA|CI_JOB_TOKEN)$/i;

export type Variables = Readonly<Record<string, string | undefined>>;

/** What became of a call of Git. */
export interface GitAnswer {
  readonly ok: boolean;
  /** Undefined where it did not run to its end. */
  readonly exitCode: number | undefined;
  readonly stdout: Buffer;
  /** Git's own words without credentials, in one line; why it could not be called at all. */
  readonly words: string;
  /** Git is not installed. */
  readonly missing: boolean;
}

interface Call {
  /** Reaches a remote: with what that takes, and more time. */
  readonly remote?: boolean;
}

/** Calls Git in a folder. The repository's settings cannot make it start another program, but for what a remote needs. */
export async function askGit(
  args: readonly string[],
  root: string,
  variables: Variables,
  { remote = false }: Call = {},
): Promise<GitAnswer> {
  const { execa } = await import('execa');
  const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit'];
  const safe = ['--literal-pathspecs', '--no-replace-objects', ...settings.flatMap((each) => ['-c', each])];
  const names = Object.keys(variables).filter(
    (name) => passed.includes(name) || (remote && passedToRemotes.test(name)),
  );
  const answer = await execa('git', [...safe, ...args], {
    cwd: root,
    reject: false,
    // Its cleanup listens to signals, and once it has ended Node would no longer ignore the one for a file that may not grow.
    cleanup: false,
    timeout: remote ? 60_000 : 10_000,
    extendEnv: false,
    env: {
      ...Object.fromEntries(names.map((name) => [name, variables[name]])),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      // Nothing is fetched that nobody asked for.
      GIT_NO_LAZY_FETCH: '1',
      LC_ALL: 'C',
    },
    encoding: 'buffer',
    stripFinalNewline: false,
    stdin: 'ignore',
  });
  const said = Buffer.from(answer.stderr ?? []).toString('utf8');
  return {
    ok: !answer.failed,
    exitCode: answer.exitCode,
    stdout: Buffer.from(answer.stdout ?? []),
    words: answer.timedOut ? 'it took too long' : inOneLine(said) || (answer.shortMessage ?? ''),
    missing: answer.code === 'ENOENT',
  };
}

/** What Git prints, or null when it is not installed, fails, or takes too long. */
export async function runGit(
  args: readonly string[],
  root: string,
  variables: Variables,
): Promise<string | null> {
  const { ok, stdout } = await askGit(args, root, variables);
  return ok ? stdout.toString('utf8') : null;
}

/** The first lines of what Git complains of; a name and password in a URL are nobody's business. */
function inOneLine(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^(?:fatal|error|remote): */, '').trim())
    .filter((line) => line !== '');
  return lines
    .slice(0, 3)
    .join('; ')
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/gi, '$1')
    .slice(0, 400);
}
