import { type Problem, warningProblem } from '../model/problem.ts';
import { type Provider, ReadFailed } from '../providers/contract.ts';

/**
 * Adds the reason to look-ups of external objects that found none: no connection, or one that has never pulled. The
 * connections are read only when there is such a look-up.
 */
export async function explainLookUps(
  problems: readonly Problem[],
  provider: Provider,
): Promise<readonly Problem[]> {
  if (!problems.some(isUnfound)) return problems;
  try {
    const connections = await provider.connections();
    const reason =
      connections.length === 0
        ? 'No accounting system is connected.'
        : connections.every(({ last_pull }) => last_pull === null)
          ? 'The connection to the accounting system has never pulled: wait for the first pull.'
          : null;
    if (reason === null) return problems;
    return problems.map((problem) =>
      isUnfound(problem) ? { ...problem, hint: [reason, problem.hint].filter(Boolean).join(' ') } : problem,
    );
  } catch (error) {
    if (!(error instanceof ReadFailed)) throw error;
    const message = `Whether the accounting system has been pulled could not be read: ${error.error.problem.message}`;
    return [
      ...problems,
      warningProblem(error.error.problem.code, message, { hint: error.error.problem.hint }),
    ];
  }
}

function isUnfound({ code, address }: Problem): boolean {
  return code === 'LOOKUP_NONE' && address !== null && address.startsWith('external.');
}
