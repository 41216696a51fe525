import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Needs } from '../observe/needs.ts';
import { labelOf } from '../plan/words.ts';

/** What products and lines point to, as a controller calls it. */
export interface Accounts {
  /** `4010 Consulting income`; null for none, `(no such object)` for an id that points to nothing. */
  readonly label: (kind: CollectionKind, id: string | null) => string | null;
  /** There is no id, or it points to nothing. */
  readonly isGap: (kind: CollectionKind, id: string | null) => boolean;
}

/** The collections that products, or lines, can point to, and nothing else. */
export function needsFor(place: 'product' | 'line', { collections }: Kinds): Needs {
  const used = collections.filter(({ usedIn }) => usedIn[place] !== null);
  return {
    collections: new Map(used.map(({ collection }) => [collection, 'all' as const])),
    settings: false,
    products: null,
    lines: null,
  };
}

/** Asks the service for one object where the text can be an id; for anything else everything is read. */
export const idFilter = (id: string | undefined): { readonly ids?: readonly string[] } =>
  id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? { ids: [id] } : {};

/** The labels of what was read of these kinds. */
export function accountsOf({ collections }: Live, kinds: readonly CollectionKind[]): Accounts {
  const labels = new Map(
    kinds.map((kind) => [
      kind.name,
      new Map(
        (collections.get(kind.collection)?.objects ?? []).map(({ fields, id }) => [
          id,
          labelOf(kind, fields, id),
        ]),
      ),
    ]),
  );
  const find = ({ name }: CollectionKind, id: string | null) => labels.get(name)?.get(id ?? '');
  return {
    label: (kind, id) => (id === null ? null : (find(kind, id) ?? '(no such object)')),
    isGap: (kind, id) => find(kind, id) === undefined,
  };
}

/** The cells of what an object points to, by kind. */
export const targetCells = (
  kinds: readonly CollectionKind[],
  { label }: Accounts,
  idOf: (kind: CollectionKind) => string | null,
): Readonly<Record<string, string | null>> =>
  Object.fromEntries(kinds.map((kind) => [kind.name, label(kind, idOf(kind))]));
