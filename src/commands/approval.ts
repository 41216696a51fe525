import { createInterface } from 'node:readline/promises';
import { errorProblem, Stop } from '../model/problem.ts';
import type { ProcessEdge } from './process-edge.ts';

/** Nobody could answer: refused before anything is read. */
export function demandTerminal(edge: Pick<ProcessEdge, 'stdin'>): void {
  if (edge.stdin.isTTY === true) return;
  throw new Stop(3, [
    errorProblem('APPROVAL_NEEDED', 'Nobody can approve this apply: there is no terminal to ask in.', {
      hint: 'Add --auto-approve, or apply a saved plan: ledgerform plan --out plan.json, then ledgerform apply plan.json.',
    }),
  ]);
}

/** Asks on stderr, and goes on only after exactly `yes`; anything else, also the end of the input, is Stop with exit 4. */
export async function askApproval(
  edge: Pick<ProcessEdge, 'stdin' | 'stderr'>,
  question: string,
  stop: AbortSignal,
): Promise<void> {
  edge.stderr.write(`\n${question}\n  Only "yes" is accepted: `);
  const answer = await firstLine(edge, stop);
  if (answer === 'yes') return;
  const interrupted = stop.aborted;
  edge.stderr.write('\n');
  throw interrupted
    ? new Stop(130, [errorProblem('INTERRUPTED', 'Interrupted before anything was written.')])
    : new Stop(4, [errorProblem('NOT_APPROVED', 'Not approved, so nothing was written.')]);
}

async function firstLine({ stdin }: Pick<ProcessEdge, 'stdin'>, stop: AbortSignal): Promise<string | null> {
  const lines = createInterface({ input: stdin, terminal: false });
  const end = () => lines.close();
  stop.addEventListener('abort', end);
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    stop.removeEventListener('abort', end);
    lines.close();
  }
}
