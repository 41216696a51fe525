import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { LiveLineItem, LiveObject, LiveProduct, LiveSettings } from '../model/live.ts';
import type { Provider } from '../providers/contract.ts';
import { type Look, lookout, type Seen, type Sleep } from './lookout.ts';
import { type FindSame, indexSame } from './same-identity.ts';
import type { OwnIdentity } from './twins.ts';

/** The internal objects of a collection, read after an answer was lost. */
interface Reading {
  readonly byId: ReadonlyMap<string, LiveObject>;
  /** Objects with an identity that were not there before this run. */
  readonly find: FindSame;
}

/**
 * Says after a lost answer what became of the write, by looking. The API has no idempotency key: a create whose answer is
 * lost is known only by the object that it made. What was there before this run, or belongs to another change, is none.
 */
export interface Settle {
  /** The objects that a lost create may have made: one is adopted (and taken), several are twins. */
  readonly created: (kind: CollectionKind, identity: OwnIdentity) => Promise<Seen<readonly LiveObject[]>>;
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
      const old = known.get(kind.collection);
      return {
        byId: new Map(objects.map((object) => [object.id, object])),
        find: indexSame(kind, objects, ({ id }) => old?.has(id) ?? false),
      };
    };
    looks.set(kind.collection, lookout(read, milliseconds, sleep));
  }
  const lookAt = ({ collection }: CollectionKind): Look<Reading> => {
    const look = looks.get(collection);
    if (!look) throw new Error(`no collection ${collection}`);
    return look;
  };

  return {
    created: (kind, identity) =>
      lookAt(kind)(({ find }) => {
        const found = find(identity).filter(({ id }) => !taken.has(id));
        for (const { id } of found) taken.add(id);
        return found.length === 0 ? null : found;
      }),
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
