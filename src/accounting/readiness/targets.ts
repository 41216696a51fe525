import { isArchived } from '../../model/archived.ts';
import type { CollectionKind, Kinds } from '../../model/kind.ts';
import type { LiveConnection } from '../../model/live.ts';
import { percentToHundredths } from '../../model/percent.ts';
import type { Fields } from '../../model/value.ts';
import { counterparts } from '../../plan/external-missing.ts';
import { indexLive, type LiveIndex } from '../../plan/live-index.ts';
import { labelOf } from '../../plan/words.ts';
import { rateKind } from '../needed-kinds.ts';
import type { Facts } from './facts.ts';

/**
 * What a pointer to an account or a rate is worth for a push: `alone` is an internal object that the accounting system has
 * no counterpart of, by code or name.
 */
export type Health = 'unset' | 'missing' | 'archived' | 'alone' | 'fine';

/** The accounts and rates that things point to. */
export interface Targets {
  /** What was not read, and what no pull has brought yet, is not held against anything. */
  readonly health: (kind: CollectionKind, id: string | null) => Health;
  /** Whether an internal object with these fields has no counterpart over there. */
  readonly isAlone: (kind: CollectionKind, fields: Fields) => boolean;
  readonly label: (kind: CollectionKind, id: string) => string;
  /** Whether documents with this tax, in 1/100 %, find a rate in the accounting system. */
  readonly hasRate: (tax: number) => boolean;
}

/** Prepares what is to be known of accounts and rates. */
export function targetsOf({
  connections,
  kinds,
  live,
}: Pick<Facts, 'connections' | 'kinds' | 'live'>): Targets {
  const indexes = new Map<string, LiveIndex>();
  for (const kind of kinds.collections) {
    const read = live.collections.get(kind.collection);
    if (read) indexes.set(kind.collection, indexLive(kind, read.objects));
  }
  const pulled = connections.some(({ last_pull }) => last_pull !== null);
  const rates = ratesOverThere(kinds, indexes);
  return {
    health: remembering((kind, id) => healthOf(indexes.get(kind.collection), id, pulled)),
    isAlone: (kind, fields) => isAlone(indexes.get(kind.collection), fields, pulled),
    label: (kind, id) => {
      const object = indexes.get(kind.collection)?.byId.get(id);
      return object ? labelOf(kind, object.fields, id) : id;
    },
    hasRate: (tax) => !rates || (!pulled && rates.size === 0) || rates.has(tax),
  };
}

/** Many lines point to few accounts. */
function remembering(health: Targets['health']): Targets['health'] {
  const known = new Map<string, Health>();
  return (kind, id) => {
    const key = `${kind.name} ${id ?? ''}`;
    const found = known.get(key) ?? health(kind, id);
    known.set(key, found);
    return found;
  };
}

/** What a connection has told last; null where there is none. */
export function lastPulled(connections: readonly LiveConnection[]): LiveConnection | null {
  const sorted = [...connections].sort((a, b) => ((a.last_pull ?? '') < (b.last_pull ?? '') ? 1 : -1));
  return sorted[0] ?? null;
}

function healthOf(index: LiveIndex | undefined, id: string | null, pulled: boolean): Health {
  if (id === null) return 'unset';
  if (!index) return 'fine';
  const object = index.byId.get(id);
  if (!object) return 'missing';
  if (isArchived(object)) return 'archived';
  return object.external || !isAlone(index, object.fields, pulled) ? 'fine' : 'alone';
}

/** Only where a pull has brought something it is known what is not there. */
function isAlone(index: LiveIndex | undefined, fields: Fields, pulled: boolean): boolean {
  if (!index || counterparts(index, fields).some((each) => !isArchived(each))) return false;
  return pulled || [...index.byId.values()].some(({ external }) => external);
}

/** The values of the rates over there: a document finds its rate by the effective or by the total one. */
function ratesOverThere(kinds: Kinds, indexes: ReadonlyMap<string, LiveIndex>): ReadonlySet<number> | null {
  const kind = rateKind(kinds);
  const index = indexes.get(kind.collection);
  if (!index || !kind.rate) return null;
  const { field } = kind.rate;
  const found = [...index.byId.values()].filter((each) => each.external && !isArchived(each));
  const texts = found.flatMap(({ fields, total }) => [fields[field], total]);
  return new Set(texts.flatMap((text) => (text ? [percentToHundredths(text) ?? []] : [])).flat());
}
