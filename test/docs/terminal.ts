import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command } from '../commands/workbench.ts';

/** What a command left: its exit code, and what stands in the terminal. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  /** stdout and stderr as they came. */
  readonly all: string;
}

/** A shell in a folder of its own that keeps where it is and what it exports, like the terminal of whoever follows a page. */
export interface Terminal {
  /** The folder that it is in. */
  folder(): string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs one line; with an answer, as if somebody typed it. */
  run(line: string, answer?: string): Promise<Printed>;
  close(): void;
}

/** Opens one below a folder, with the built command and a Git of its own. `variables` are set besides. */
export async function openTerminal(
  above: string,
  variables: Readonly<Record<string, string>>,
): Promise<Terminal> {
  const at = (name: string): string => join(above, name);
  for (const name of ['bin', 'home', 'work', 'printed']) await mkdir(at(name), { recursive: true });
  // What asks for an approval looks whether somebody could give it.
  await writeFile(at('typed.mjs'), "Object.defineProperty(process.stdin, 'isTTY', { value: true });\n");
  const words = [process.execPath, ...command].map((word) => `'${word}'`);
  const [node = '', ...rest] = words;
  await writeFile(
    at('bin/ledgerform'),
    `#!/bin/sh\nexec ${node} \${TYPED:+--import "$TYPED"} ${rest.join(' ')} "$@"\n`,
    { mode: 0o755 },
  );
  await writeFile(at('home/.gitconfig'), gitSettings);
  const environment = {
    PATH: `${at('bin')}${delimiter}${process.env.PATH ?? ''}`,
    HOME: at('home'),
    GIT_CONFIG_NOSYSTEM: '1',
    ...variables,
  };
  const shell = spawn('sh', [], {
    cwd: at('work'),
    env: environment,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  const typed = pathToFileURL(at('typed.mjs')).href;
  let folder = at('work');
  return {
    folder: () => folder,
    environment,
    run: async (line, answer) => {
      const file = (name: string): string => at(`printed/${name}`);
      await writeFile(file('in'), answer === undefined ? '' : `${answer}\n`);
      await Promise.all(['all', 'out'].map((name) => writeFile(file(name), '')));
      // Both go to one file, in their order, and stdout to a second one as well where it must be told apart.
      const to = / --json\b/.test(line) ? `>${file('out')} 2>${file('all')}` : `>${file('all')} 2>&1`;
      const set = answer === undefined ? '' : `TYPED='${typed}'; export TYPED; `;
      const text = `${set}{ ${line}\n} ${to} <${file('in')}; echo "$? $PWD" >&3; unset TYPED\n`;
      const { code, now } = await ended(shell, text);
      folder = now;
      const [all, out] = await Promise.all(['all', 'out'].map((name) => readFile(file(name), 'utf8')));
      return { code, stdout: out === '' ? (all ?? '') : (out ?? ''), all: `${out}${all}` };
    },
    close: () => void shell.kill('SIGKILL'),
  };
}

const gitSettings =
  '[user]\nname = Ada\nemail = ada@example.com\n[init]\ndefaultBranch = main\n[protocol "file"]\nallow = always\n';

/** Gives the shell something to run, and waits for what it writes then: the exit code and where it is. */
function ended(shell: ChildProcess, text: string): Promise<{ readonly code: number; readonly now: string }> {
  const [, , stderr, codes] = shell.stdio;
  return new Promise((resolve, reject) => {
    let complaint = '';
    const onError = (chunk: unknown): void => {
      complaint += String(chunk);
    };
    const onExit = (): void => reject(new Error(`the shell ended: ${complaint}`));
    const onCode = (chunk: unknown): void => {
      shell.off('exit', onExit);
      stderr?.off('data', onError);
      const [, code = '', now = ''] = /^(\d+) (.*)\n$/.exec(String(chunk)) ?? [];
      resolve({ code: Number(code), now });
    };
    codes?.once('data', onCode);
    stderr?.on('data', onError);
    shell.once('exit', onExit);
    shell.stdin?.write(text);
  });
}
