import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Pager, pagerVariables } from './pager-choice.ts';
import type { ProcessEdge } from './process-edge.ts';

/** What a shell says of a command that it cannot start, and `less` of options that it does not know. */
const notShown: ReadonlySet<number | null> = new Set([1, 126, 127]);

/**
 * Has a text read in a pager, on the terminal of this process, and answers whether it was shown. A pager that is missing or
 * does not work shows nothing; one that is left early or killed has shown enough. A stop of the run ends it.
 */
export async function page(
  text: string,
  { command, usual }: Pager,
  variables: ProcessEdge['variables'],
  stop: AbortSignal,
): Promise<boolean> {
  const pager = spawn(command, {
    env: pagerVariables(variables),
    // Where somebody names a pager, a shell reads it, as it does for every other tool: with options, quotes and variables.
    shell: !usual,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const end = (): void => void pager.kill('SIGTERM');
  stop.addEventListener('abort', end);
  try {
    // Who leaves early closes the pipe: nothing is wrong with that.
    pager.stdin.on('error', () => {});
    pager.stdin.end(text);
    return !notShown.has(await ended(pager));
  } finally {
    stop.removeEventListener('abort', end);
  }
}

/** Its exit code; 127 where it could not be started. */
async function ended(pager: ChildProcess): Promise<number | null> {
  try {
    const [code]: (number | null)[] = await once(pager, 'close');
    return code ?? null;
  } catch {
    return 127;
  }
}
