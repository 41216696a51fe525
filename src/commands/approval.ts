import { createInterface } from 'node:readline/promises';
import { setImmediate } from 'node:timers/promises';
import { errorProblem, Stop } from '../model/problem.ts';
import type { Interrupt } from './interrupt.ts';
import type { Person } from './person.ts';
import type { ProcessEdge } from './process-edge.ts';
import { writeFitted } from './room.ts';

/** Nobody could answer: refused before anything is read. */
export function demandTerminal(edge: Pick<ProcessEdge, 'stdin'>): void {
  if (edge.stdin.isTTY === true) return;
  throw new Stop(3, [
    errorProblem('APPROVAL_NEEDED', 'Nobody can approve this apply: there is no terminal to ask in.', {
      hint: 'Add --auto-approve, or apply a saved plan: ledgerform plan --out plan.json, then ledgerform apply plan.json.',
    }),
  ]);
}

type Asked = Pick<ProcessEdge, 'stdin' | 'stderr' | 'variables'>;

/** Who asks, and whom. */
export interface Asking {
  readonly edge: Asked;
  readonly interrupt: Pick<Interrupt, 'stop'>;
  readonly person: Pick<Person, 'attend'>;
}

/**
 * Asks on stderr, and goes on only after exactly `yes`; anything else, also the end of the input, is Stop with exit 4. With
 * `again` something was read in a pager: that stands above the question, and what was typed for the pager is no answer.
 */
export async function askApproval(
  { edge, interrupt: { stop }, person }: Asking,
  question: string,
  again: string | null = null,
): Promise<void> {
  if (again !== null) {
    await forgetTyped(edge);
    writeFitted(edge.stderr, edge.variables, again);
  }
  writeFitted(edge.stderr, edge.variables, `\n${question}\n  Only "yes" is accepted: `);
  demandYes(await person.attend(() => answerTo(edge, stop, () => false)), edge, stop);
}

/**
 * The same where a slip would lose what somebody has worked for: what was typed before the question stands is no answer to
 * it, and an Enter alone is asked again.
 */
export async function askPatiently(
  { edge, interrupt: { stop }, person }: Asking,
  question: string,
): Promise<void> {
  await forgetTyped(edge);
  writeFitted(edge.stderr, edge.variables, `\n${question}\n  Only "yes" is accepted: `);
  const again = (line: string): boolean => {
    if (line.trim() !== '') return false;
    edge.stderr.write('  Only "yes" is accepted; ctrl-c ends without writing: ');
    return true;
  };
  demandYes(await person.attend(() => answerTo(edge, stop, again)), edge, stop);
}

function demandYes(answer: string | null, { stderr }: Asked, stop: AbortSignal): void {
  if (answer === 'yes') return;
  stderr.write('\n');
  throw stop.aborted
    ? new Stop(130, [errorProblem('INTERRUPTED', 'Interrupted before anything was written.')])
    : new Stop(4, [errorProblem('NOT_APPROVED', 'Not approved, so nothing was written.')]);
}

async function forgetTyped({ stdin }: Asked): Promise<void> {
  const forget = (): void => {};
  stdin.on('data', forget);
  stdin.resume();
  // What the terminal still keeps arrives within one turn, after what is here already.
  await setImmediate();
  await setImmediate();
  stdin.off('data', forget);
  stdin.pause();
}

/** The first line that is not to be typed again; null at the end of the input. */
async function answerTo(
  { stdin }: Asked,
  stop: AbortSignal,
  again: (line: string) => boolean,
): Promise<string | null> {
  if (stdin.readableEnded || stop.aborted) return null;
  const lines = createInterface({ input: stdin, terminal: false });
  const end = () => lines.close();
  stop.addEventListener('abort', end);
  try {
    for await (const line of lines) if (!again(line)) return line;
    return null;
  } finally {
    stop.removeEventListener('abort', end);
    lines.close();
  }
}
