import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { beginning, run } from '../../../src/commands/run.ts';

const home = pathToFileURL(`${resolve(import.meta.dirname, '..', '..', '..')}/`);

export interface RanHere {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Here {
  readonly cwd: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether stdout and stderr are terminals, which get colours. */
  readonly terminal?: boolean;
  readonly abort?: AbortSignal;
}

/** Runs a command line inside this process: what it writes, and its exit code. */
export async function runHere(args: readonly string[], here: Here): Promise<RanHere> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const never = new AbortController().signal;
  let wrote = false;
  // No columns: nothing moves.
  const out = (texts: string[]) => ({
    isTTY: here.terminal === true,
    write: (text: string) => texts.push(text),
  });
  const code = await run(
    args,
    {
      stdin: new PassThrough(),
      stdout: out(stdout),
      stderr: out(stderr),
      variables: here.variables ?? {},
      cwd: here.cwd,
      now: () => new Date(),
      version: '0.0.0',
      home,
    },
    {
      stop: never,
      abort: here.abort ?? never,
      writing: () => {
        wrote = true;
      },
      wrote: () => wrote,
      lend: (work) => work(),
      over: () => {},
    },
    beginning(),
  );
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}
