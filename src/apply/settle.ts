import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { LiveLineItem, LiveObject, LiveProduct, LiveSettings } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import type { Provider } from '../providers/contract.ts';
import { type Look, lookout, type Seen, type Sleep } from './lookout.ts';
import { type FindSame, indexSame } from './same-identity.ts';
import { type OwnIdentity, ownIdentity } from './twins.ts';
import { otherwiseStored } from './value-not-stored.ts';

/** The internal objects of a collection, read after an answer was lost. */
interface Reading {
  readonly byId: ReadonlyMap<string, LiveObject>;
  /** Those that were not there before this run. */
  readonly fresh: readonly LiveObject[];
  /** Of those, the ones with an identity. */
  readonly find: FindSame;
}

/**
 * Says after a lost answer what became of the write, by looking. The API has no idempotency key: a create whose answer is
 * lost is known only by the object that it made. What was there before this run, or belongs to another change, is none.
 */
export interface Settle {
  /**
   * The objects that a lost create may have made: one is adopted (and taken), several are twins. Where none has the
   * identity that was sent, the service may have stored another one: then it is a new object with all the other fields.
   */
  readonly created: (
    kind: CollectionKind,
    identity: OwnIdentity,
    sent: Fields,
  ) => Promise<Seen<readonly LiveObject[]>>;
  /** The object, as soon as it is as `probe` wants it; `probe` is told undefined when it is gone. */
  readonly object: <R>(
    kind: CollectionKind,
    id: string,
    probe: (object: LiveObject | undefined) => R | null,
  ) => Promise<Seen<R>>;
  readonly settings: Look<LiveSettings>;
  /** A product, undefined when it is gone. */
  readonly product: (id: string) => Look<LiveProduct | undefined>;
  /** A line of a payable, undefined when it is gone. */
  readonly line: (payableId: string, id: string) => Look<LiveLineItem | undefined>;
  /** Says that an object belongs to a change of this run. */
  readonly take: (id: string) => void;
}

export interface SettleOptions {
  readonly provider: Provider;
  readonly kinds: Kinds;
  /** Ids seen before the first write, by collection. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  /** What this run creates: an object with the identity of one of them is no other's. */
  readonly creates: readonly Change[];
  readonly settleSeconds: number;
  readonly sleep: Sleep;
}

/** Prepares the looks of one run; nothing is read before an answer is lost. */
export function settling(options: SettleOptions): Settle {
  const { provider, kinds, known, sleep } = options;
  const milliseconds = options.settleSeconds * 1000;
  const taken = new Set<string>();
  const looks = new Map<string, Look<Reading>>();
  for (const kind of kinds.collections) {
    const read = async (): Promise<Reading> => {
      const objects = await provider.list(kind.collection, 'internal');
      const fresh = objects.filter(({ id }) => !known.get(kind.collection)?.has(id));
      return {
        byId: new Map(objects.map((object) => [object.id, object])),
        fresh,
        find: indexSame(kind, fresh, () => false),
      };
    };
    looks.set(kind.collection, lookout(read, milliseconds, sleep));
  }
  const lookAt = ({ collection }: CollectionKind): Look<Reading> => {
    const look = looks.get(collection);
    if (!look) throw new Error(`no collection ${collection}`);
    return look;
  };

  const taking = (found: readonly LiveObject[]): readonly LiveObject[] | null => {
    const left = found.filter(({ id }) => !taken.has(id));
    for (const { id } of left) taken.add(id);
    return left.length === 0 ? null : left;
  };

  return {
    created: async (kind, identity, sent) => {
      const seen = await lookAt(kind)(({ find }) => taking(find(identity)));
      if (seen.status !== 'absent') return seen;
      const other = await lookAt(kind)(
        ({ find, fresh }) =>
          taking(find(identity)) ??
          taking(storedOtherwise(kind, identity, sent, fresh, options.creates)) ??
          [],
      );
      return other.status === 'seen' && other.result.length === 0 ? seen : other;
    },
    object: (kind, id, probe) => lookAt(kind)(({ byId }) => probe(byId.get(id))),
    product: (id) => lookout(() => productWith(id, provider), milliseconds, sleep),
    line: (payableId, id) => {
      const read = async () => (await provider.lineItems(payableId)).find((line) => line.id === id);
      return lookout(read, milliseconds, sleep);
    },
    settings: lookout(() => provider.settings(), milliseconds, sleep),
    take: (id) => taken.add(id),
  };
}

async function productWith(id: string, provider: Provider): Promise<LiveProduct | undefined> {
  for await (const product of provider.products({ ids: [id] })) return product;
  return undefined;
}

function storedOtherwise(
  kind: CollectionKind,
  { field }: OwnIdentity,
  sent: Fields,
  fresh: readonly LiveObject[],
  creates: readonly Change[],
): readonly LiveObject[] {
  const { [field]: _, ...others } = sent;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
  if (Object.keys(given).length === 0) return [];
  const wanted = new Set(
    creates.flatMap((change) => (change.kind === kind.name ? identityText(kind, change.after ?? {}) : [])),
  );
  return fresh.filter(
    ({ external, fields }) =>
      !external &&
      !wanted.has(identityText(kind, fields)) &&
      otherwiseStored(kind, given, fields).length === 0,
  );
}

function identityText(kind: CollectionKind, fields: Fields): string {
  const identity = ownIdentity(kind, fields);
  return identity ? JSON.stringify([identity.field, identity.key]) : '';
}
