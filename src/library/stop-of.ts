import { Stop } from '../model/problem.ts';
import { ReadFailed } from '../providers/contract.ts';

/** What a failed call of the library rejects with: a Stop wherever somebody can do something about it. Everything else is a bug, and stays what it is. */
export function stopOf(thrown: unknown): unknown {
  if (!(thrown instanceof ReadFailed)) return thrown;
  const { problem } = thrown.error;
  return new Stop(problem.code === 'INTERRUPTED' ? 130 : 1, [problem], { cause: thrown });
}
