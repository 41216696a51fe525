import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalBooks } from '../change-live.ts';
import { freshBuild } from '../fresh-build.ts';
import { organization } from './play.ts';

const source = join(import.meta.dirname, 'books');

/** Makes what the play needs in an empty folder: the command on the PATH, and a committed configuration whose local environment is seeded. */
export async function furnish(folder: string): Promise<LocalBooks> {
  const command = await freshBuild();
  const [bin, books] = [join(folder, 'bin'), join(folder, 'books')];
  mkdirSync(bin);
  mkdirSync(books);
  writeFileSync(join(bin, 'ledgerform'), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`);
  chmodSync(join(bin, 'ledgerform'), 0o755);
  cpSync(join(source, 'ledgerform.yaml'), join(books, 'ledgerform.yaml'));
  writeFileSync(join(books, '.gitignore'), '.ledgerform/\n');
  writeFileSync(join(folder, 'shell'), `PS1='\n\u001b[36m$\u001b[39m '\nexport HOME='${folder}'\n`);
  const environment = {
    PATH: `${bin}:${process.env.PATH}`,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    // Read by an interactive shell of any kind; some prompt the superuser otherwise, whatever PS1 says.
    ENV: join(folder, 'shell'),
    // A recording has no use for a pager, nor for what the person who makes it keeps at home.
    LEDGERFORM_PAGER: '',
    PAGER: 'cat',
    HOME: folder,
    HISTFILE: '',
    // The commit is shown: it must be the same one every time.
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_DEFAULT_HASH: 'sha1',
    GIT_AUTHOR_NAME: 'Ledgerform',
    GIT_AUTHOR_EMAIL: 'ledgerform@example.com',
    GIT_AUTHOR_DATE: '2026-11-02T08:00:00Z',
    GIT_COMMITTER_NAME: 'Ledgerform',
    GIT_COMMITTER_EMAIL: 'ledgerform@example.com',
    GIT_COMMITTER_DATE: '2026-11-02T08:00:00Z',
  };
  const run = (...words: readonly [string, ...string[]]): void => {
    const [program, ...args] = words;
    const { error, status, stderr } = spawnSync(program, args, {
      cwd: books,
      env: environment,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${error?.message ?? stderr}`);
  };
  run('git', '-c', 'init.defaultBranch=main', 'init', '--quiet');
  run('git', 'add', '.');
  run('git', 'commit', '--quiet', '--message', 'Begin');
  run('ledgerform', 'local', 'reset', '--seed', join(source, 'seed.json'));
  return { command, folder: books, environment, organization };
}
