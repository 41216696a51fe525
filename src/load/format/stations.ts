import { type Collection, type ItemPlace, partsOf } from '../edit/place.ts';

/** A key or an item where it stands among all of a document. */
export interface Station {
  readonly part: ItemPlace;
  readonly parent: Collection;
  /** The part whose value the parent is; null where that is the root. */
  readonly owner: Station | null;
}

/** All keys and items of a document as they follow each other in the text. */
export function stationsOf(root: Collection): readonly Station[] {
  const stations: Station[] = [];
  const collect = (collection: Collection, owner: Station | null): void => {
    for (const part of partsOf(collection)) {
      const station = { part, parent: collection, owner };
      stations.push(station);
      if (part.value.type === 'mapping' || part.value.type === 'sequence') collect(part.value, station);
    }
  };
  collect(root, null);
  return stations;
}

/** The station itself, what it stands in, and so on outwards. */
export function* outwards(station: Station | null): Iterable<Station> {
  for (let at = station; at; at = at.owner) yield at;
}

/** The collection that a station's value is, if it is one. */
export const collectionAt = ({ part: { value } }: Station): Collection | null =>
  value.type === 'mapping' || value.type === 'sequence' ? value : null;

/** Whether a collection is written with brackets. */
export const isInBrackets = ({ form }: Collection): boolean => form !== 'block';
