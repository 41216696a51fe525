import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import type { Fields, Value } from '../model/value.ts';
import type { ApiError } from '../providers/contract.ts';
import { conclude, lostAnswer, outcomeOf, type Run, refusal, unrecorded } from './run.ts';
import { ownIdentity, twins } from './twins.ts';
import { otherwiseStored, valueNotStored } from './value-not-stored.ts';

/** How often a create is sent at most. */
const attempts = 3;

/**
 * Creates one object for one key. A create without an answer may have made its object, so it is looked for before the
 * create is sent again. Should the first one be carried out later still, there are two: they are named, none is deleted.
 */
export async function writeCreate(change: Change, kind: CollectionKind, run: Run): Promise<Outcome> {
  const after = change.after ?? {};
  const identity = ownIdentity(kind, after);
  if (!identity) throw new Error(`${change.address} has neither code nor name`);
  let lost: ApiError | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const write = run.journal.intend([change]);
    if (write === null) return lost ? uncertain(change, lost) : unrecorded(change, run);
    const written = await run.provider.create(kind.collection, withoutNulls(after));
    if (written.status === 'stored')
      return stored(change, kind, run, write, written.stored, written.requestId);
    run.failed(written.error);
    const refused = outcomeOf(change, 'failed', null, refusal(change, written.error));
    if (written.status === 'refused' && !lost)
      return conclude(change, run, write, refused, null, written.error);
    lost ??= written.error;

    // Lost; or refused after an earlier try was lost, whose object may be the very reason.
    const seen = written.error.endsRun ? null : await run.settle.created(kind, identity);
    if (seen?.status === 'uncertain') run.failed(seen.error);
    if (seen?.status === 'seen') {
      const [object, ...others] = seen.result;
      if (object && others.length === 0)
        return stored(change, kind, run, write, object, written.error.requestId);
      const ids = seen.result.map(({ id }) => id);
      const problem = twins(change.address, identity, ids);
      return conclude(change, run, write, outcomeOf(change, 'failed', null, problem), null, written.error);
    }
    if (written.status === 'refused') return conclude(change, run, write, refused, null, written.error);
    if (seen?.status !== 'absent' || attempt === attempts || run.halted())
      return conclude(change, run, write, uncertain(change, written.error), null, written.error);
    run.journal.conclude(write, change, {
      status: 'lost',
      id: null,
      requestId: written.error.requestId,
      stored: null,
      error: written.error.problem,
    });
  }
}

const uncertain = (change: Change, error: ApiError): Outcome =>
  outcomeOf(change, 'unknown', null, lostAnswer(change, error));

function stored(
  change: Change,
  kind: CollectionKind,
  run: Run,
  write: number,
  object: LiveObject,
  requestId: string | null,
): Outcome {
  run.settle.take(object.id);
  run.ids.set(change.address, object.id);
  const problem = valueNotStored(
    change,
    otherwiseStored(kind, change.after ?? {}, object.fields),
    kind.identity,
  );
  const outcome = outcomeOf(change, problem ? 'failed' : 'applied', object.id, problem);
  return conclude(change, run, write, outcome, object.fields, { requestId });
}

const withoutNulls = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, NonNullable<Value>] => entry[1] !== null),
  );
