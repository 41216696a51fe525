import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import { sameValue } from '../plan/canonical.ts';
import { conclude, intend, lostAnswer, outcomeOf, type Run, refusal, unsent } from './run.ts';
import { otherwiseStored, valueNotStored } from './value-not-stored.ts';

/** Sends the fields of one object that differ, and no other; a lost answer is settled by reading the object. */
export async function writeUpdate(
  change: Change,
  kind: CollectionKind,
  id: string,
  run: Run,
): Promise<Outcome> {
  const sent = differing(kind, change.before ?? {}, change.after ?? {});
  const intent = intend([change], run);
  const write = typeof intent === 'number' ? intent : await intent;
  if (write === null) return unsent(change, run);
  const written = await run.provider.update(kind.collection, id, sent);
  run.heard(written);
  const close = (object: LiveObject, requestId: string | null): Promise<Outcome> => {
    const problem = valueNotStored(change, otherwiseStored(kind, sent, object.fields), kind.identity);
    const outcome = outcomeOf(change, problem ? 'failed' : 'applied', id, problem);
    return conclude(change, run, write, outcome, object.fields, { requestId });
  };
  if (written.status === 'stored') return close(written.stored, written.requestId);
  if (written.status === 'refused')
    return conclude(
      change,
      run,
      write,
      outcomeOf(change, 'failed', id, refusal(change, written.error)),
      null,
      written.error,
    );
  if (!written.error.endsRun) {
    const seen = await run.settle.object(kind, id, (object) =>
      object && otherwiseStored(kind, sent, object.fields).length === 0 ? object : null,
    );
    if (seen.status === 'seen') return close(seen.result, written.error.requestId);
    if (seen.status === 'uncertain') run.failed(seen.error);
  }
  const unknown = outcomeOf(change, 'unknown', id, lostAnswer(change, written.error));
  return conclude(change, run, write, unknown, null, written.error);
}

function differing(kind: CollectionKind, before: Fields, after: Fields): Fields {
  const fields = Object.entries(after).filter(([name, value]) => {
    const field = kind.fields[name];
    return !field || !(name in before) || !sameValue(field, before[name] ?? null, value);
  });
  return Object.fromEntries(fields);
}
