/** What Git needs of the environment. Nothing else is passed on, so that no credential reaches it or a hook. */
const passed = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'PATHEXT', 'TMPDIR', 'TEMP', 'XDG_CONFIG_HOME'];

/** What Git prints, or null when it is not installed, fails, or takes longer than ten seconds. The repository's settings cannot make it start another program. */
export async function runGit(
  args: readonly string[],
  root: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const { execa } = await import('execa');
  const safe = ['--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
  const { failed, stdout } = await execa('git', [...safe, ...args], {
    cwd: root,
    reject: false,
    timeout: 10_000,
    extendEnv: false,
    env: {
      ...Object.fromEntries(passed.map((name) => [name, variables[name]])),
      GIT_OPTIONAL_LOCKS: '0',
      LC_ALL: 'C',
    },
    stripFinalNewline: false,
    stdin: 'ignore',
  });
  return failed ? null : stdout;
}
