import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import type { Fields, Value } from '../model/value.ts';
import type { ApiError, Written } from '../providers/contract.ts';
import type { Seen } from './lookout.ts';
import { conclude, intend, lostAnswer, outcomeOf, type Run, refusal, unread, unsent } from './run.ts';
import { type OwnIdentity, ownIdentity, twins } from './twins.ts';
import { otherwiseStored, valueNotStored } from './value-not-stored.ts';

/** How often a create is sent at most. */
const attempts = 3;

/**
 * Creates one object for one key. A create without an answer may have made its object, so it is looked for before the
 * create is sent again. Should the first one be carried out later still, there are two: they are named, none is deleted.
 * After a lost try only a look can tell: a refusal of a later one says nothing of the first.
 */
export async function writeCreate(change: Change, kind: CollectionKind, run: Run): Promise<Outcome> {
  const after = change.after ?? {};
  const identity = ownIdentity(kind, after);
  if (!identity) throw new Error(`${change.address} has neither code nor name`);
  let lost: ApiError | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const intent = intend([change], run);
    const write = typeof intent === 'number' ? intent : await intent;
    if (write === null) return lost ? uncertain(change, lost) : unsent(change, run);
    const written = await run.provider.create(kind.collection, withoutNulls(after));
    run.heard(written);
    if (written.status === 'stored')
      return stored(change, kind, run, write, written.stored, written.requestId);
    const { error } = written;
    const end = (outcome: Outcome): Promise<Outcome> => conclude(change, run, write, outcome, null, error);
    if (written.status === 'refused' && !lost)
      return end(outcomeOf(change, 'failed', null, refusal(change, error)));
    lost ??= error;

    const seen = error.endsRun ? null : await look(written, identity, change, kind, run);
    if (seen?.status === 'uncertain') run.failed(seen.error);
    if (seen?.status === 'seen') {
      const [object, ...others] = seen.result;
      if (object && others.length === 0) return stored(change, kind, run, write, object, error.requestId);
      const problem = twins(
        change.address,
        identity,
        seen.result.map(({ id }) => id),
      );
      return end(outcomeOf(change, 'failed', null, problem));
    }
    const over = written.status === 'refused' || madeBy(written) !== null || attempt === attempts;
    if (seen?.status !== 'absent' || over || run.halt() !== null)
      return end(uncertain(change, error, madeBy(written)));
    const told = { id: null, requestId: error.requestId, stored: null, error: error.problem };
    await run.journal.conclude(write, change, { status: 'lost', ...told });
  }
}

type NotStored = Exclude<Written<LiveObject>, { readonly status: 'stored' }>;

/** The object that the answer names, though it does not say what is stored. */
const madeBy = (written: NotStored): string | null =>
  written.status === 'lost' ? (written.id ?? null) : null;

function look(
  written: NotStored,
  identity: OwnIdentity,
  change: Change,
  kind: CollectionKind,
  run: Run,
): Promise<Seen<readonly LiveObject[]>> {
  const id = madeBy(written);
  if (id === null) return run.settle.created(kind, identity, change.after ?? {});
  run.settle.take(id);
  return run.settle.object(kind, id, (object) => (object ? [object] : null));
}

const uncertain = (change: Change, error: ApiError, id: string | null = null): Outcome =>
  outcomeOf(change, 'unknown', id, id === null ? lostAnswer(change, error) : unread(change, id, error));

function stored(
  change: Change,
  kind: CollectionKind,
  run: Run,
  write: number,
  object: LiveObject,
  requestId: string | null,
): Promise<Outcome> {
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
