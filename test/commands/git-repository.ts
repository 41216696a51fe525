import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { openWorkbench, type Workbench } from './workbench.ts';

/** A workbench in a Git repository whose remote `origin` is a bare one. */
export interface GitBench extends Workbench {
  readonly remote: string;
  git(...args: readonly string[]): Promise<string>;
  /** Writes files, with their folders, and commits everything; the commit's id. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  /** The commit of a ref at the remote; empty where there is none. */
  atRemote(ref: string): Promise<string>;
}

/** Calls Git with a name of its own and without the settings of this machine. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
    },
    extendEnv: false,
  });
  return stdout;
}

/** Opens a repository with these files in its first commit. */
export async function openGitBench(files: Readonly<Record<string, string>>): Promise<GitBench> {
  const bench = await openWorkbench();
  const remote = await mkdtemp(join(tmpdir(), 'ledgerform-remote-'));
  const inside = (...args: readonly string[]) => git(bench.folder, ...args);
  const commit = async (more: Readonly<Record<string, string>>): Promise<string> => {
    for (const [name, text] of Object.entries(more)) {
      await mkdir(dirname(join(bench.folder, name)), { recursive: true });
      await writeFile(join(bench.folder, name), text);
    }
    await inside('add', '-A');
    await inside('commit', '-q', '--allow-empty', '-m', 'change');
    return inside('rev-parse', 'HEAD');
  };
  await git(remote, 'init', '-q', '--bare', '-b', 'main');
  await inside('init', '-q', '-b', 'main');
  await inside('remote', 'add', 'origin', remote);
  await commit({ '.gitignore': '.ledgerform/\nplan.json\n', ...files });
  await inside('push', '-q', 'origin', 'main');
  return {
    ...bench,
    remote,
    git: inside,
    commit,
    atRemote: async (ref) => (await inside('ls-remote', 'origin', ref)).split('\t')[0] ?? '',
    remove: async () => {
      await bench.remove();
      await rm(remote, { recursive: true, force: true });
    },
  };
}
