import type { CollectionKind } from '../model/kind.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import { conclude, intend, lostAnswer, outcomeOf, type Run, refusal, unsent } from './run.ts';

/** Deletes one object; a lost answer is settled by looking for the object. */
export async function writeDelete(
  change: Change,
  kind: CollectionKind,
  id: string,
  run: Run,
): Promise<Outcome> {
  const intent = intend([change], run);
  const write = typeof intent === 'number' ? intent : await intent;
  if (write === null) return unsent(change, run);
  const written = await run.provider.remove(kind.collection, id);
  run.heard(written);
  const requestId = written.status === 'stored' ? written.requestId : written.error.requestId;
  const close = (outcome: Outcome): Promise<Outcome> =>
    conclude(change, run, write, outcome, null, { requestId });
  if (written.status === 'stored') return close(outcomeOf(change, 'applied', id));
  if (written.status === 'refused')
    return close(outcomeOf(change, 'failed', id, refusal(change, written.error)));
  if (!written.error.endsRun) {
    const seen = await run.settle.object(kind, id, (object) => (object ? null : 'gone'));
    if (seen.status === 'seen') return close(outcomeOf(change, 'applied', id));
    if (seen.status === 'uncertain') run.failed(seen.error);
  }
  return close(outcomeOf(change, 'unknown', id, lostAnswer(change, written.error)));
}
