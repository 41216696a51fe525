import type { Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { numberText } from '../model/number-text.ts';
import type { Fields } from '../model/value.ts';
import { canonical } from './canonical.ts';

/** An identity as the file writes it: `nominal_code: "4010"`. */
export function identityText(kind: CollectionKind, identity: Identity): string {
  if ('id' in identity) return `id: ${identity.id}`;
  if ('code' in identity) return `${kind.identity}: ${JSON.stringify(identity.code)}`;
  return `name: ${JSON.stringify(identity.name)}`;
}

/** What a controller calls an object: `4010 Consulting income`, or what else it has. */
export function labelOf(kind: CollectionKind, fields: Fields, otherwise: string): string {
  const words = [fieldText(kind, fields, kind.identity), fieldText(kind, fields, 'name')];
  return words.filter((word) => word !== null).join(' ') || otherwise;
}

/** A field in canonical form; null where it is empty, unknown or left out. */
export function fieldText(kind: CollectionKind, fields: Fields, field: string): string | null {
  const known = kind.fields[field];
  return known ? canonical(known, fields[field] ?? null) : null;
}

/** `4010 Consulting income (id 7)`: a live object as messages name it. */
export function objectText(kind: CollectionKind, object: LiveObject): string {
  const label = labelOf(kind, object.fields, '');
  return label === '' ? `id ${object.id}` : `${label} (id ${object.id})`;
}

/** `a, b and c`; of many the first ones and how many more there are. */
export function listText(items: readonly string[], most: number): string {
  if (items.length > most)
    return `${items.slice(0, most).join(', ')} and ${numberText(items.length - most)} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `1 tax rate`, `3 tax rates`. */
export function countText(count: number, noun: { readonly one: string; readonly many: string }): string {
  return `${numberText(count)} ${count === 1 ? noun.one : noun.many}`;
}
