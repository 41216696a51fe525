import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** A bare remote, and a clone in which somebody works. */
export interface GitWorld {
  readonly remote: string;
  readonly home: string;
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  /** Commits everything on a branch that begins at main, or goes on there, and pushes it. */
  readonly pushBranch: (branch: string, files: Readonly<Record<string, string>>) => Promise<string>;
  /** What the branch will be once it is merged, as GitHub keeps it for a pull request. */
  readonly mergeRef: (branch: string, number: number) => Promise<string>;
  /** Merges a branch as one new commit on main. */
  readonly squash: (branch: string) => Promise<string>;
  /** What a ref is at the remote; null where it is not. */
  readonly atRemote: (ref: string) => Promise<string | null>;
}

/** Makes the two in a folder, with a first commit on main. */
export async function openGitWorld(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<GitWorld> {
  const [remote, work, home] = [join(folder, 'remote.git'), join(folder, 'work'), join(folder, 'home')];
  await mkdir(home, { recursive: true });
  await writeFile(
    join(home, '.gitconfig'),
    '[user]\nname = Ada\nemail = ada@example.com\n[init]\ndefaultBranch = main\n',
  );
  const environment = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const run = async (cwd: string, args: readonly string[]): Promise<string> =>
    (await execa('git', args, { cwd, env: environment, extendEnv: false })).stdout.trim();
  await mkdir(work);
  await run(folder, ['init', '-q', '--bare', remote]);
  await run(folder, ['init', '-q', work]);
  const git = (...args: readonly string[]) => run(work, args);
  const write = async (given: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(given)) {
      await mkdir(dirname(join(work, name)), { recursive: true });
      await writeFile(join(work, name), text);
    }
  };
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '-q', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  await write(files);
  await commit('Begin');
  await git('remote', 'add', 'origin', remote);
  await git('push', '-q', '-u', 'origin', 'main');
  return {
    remote,
    home,
    git,
    write,
    pushBranch: async (branch, given) => {
      const known = (await git('branch', '--list', branch)) !== '';
      await git('checkout', '-q', ...(known ? [branch] : ['-b', branch, 'main']));
      await write(given);
      const sha = await commit(`Change ${Object.keys(given).join(', ')}`);
      await git('push', '-q', 'origin', branch);
      return sha;
    },
    mergeRef: async (branch, number) => {
      await git('checkout', '-q', '--detach', 'main');
      await git('merge', '-q', '--no-ff', '-m', `Merge ${branch}`, branch);
      await git('push', '-q', '--force', 'origin', `HEAD:refs/pull/${number}/merge`);
      return git('rev-parse', 'HEAD');
    },
    squash: async (branch) => {
      await git('checkout', '-q', 'main');
      await git('merge', '-q', '--squash', branch);
      const sha = await commit(`Change (${branch})`);
      await git('push', '-q', 'origin', 'main');
      return sha;
    },
    atRemote: async (ref) => {
      const line = await git('ls-remote', 'origin', ref);
      return line === '' ? null : (line.split('\t')[0] ?? null);
    },
  };
}
