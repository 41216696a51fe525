import type { Written } from '../load/edit/edits.ts';
import { escapeVariables } from '../load/variables.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { keyedAddress } from '../model/value.ts';
import { canonical } from '../plan/canonical.ts';
import { findInternal, type LiveIndex } from '../plan/live-index.ts';
import { countText, fieldText, identityText, labelOf } from '../plan/words.ts';
import type { LeftOut, Part } from './part.ts';
import { obstacleTo } from './sayable.ts';

/** An internal object as an entry, and what of it the entry cannot say. */
export interface InternalPart {
  readonly part: Part;
  readonly leftOut: readonly LeftOut[];
}

/** The entry of an internal object: all that it has, found by its code, else its name, else pinned by its id. */
export function internalPart(index: LiveIndex, object: LiveObject, key: string): InternalPart {
  const { kind } = index;
  const address = keyedAddress(kind.collection, key);
  const label = labelOf(kind, object.fields, object.id);
  const { fields, unsayable } = fieldsOf(kind, object);
  const pin = pinned(index, object, fields);
  const value: Record<string, Written> = { ...(pin && { id: object.id }), ...fields };
  // The code is nobody's alone: two entries cannot state it.
  if (pin?.shared) delete value[kind.identity];
  const shared = pin?.shared ? [`${kind.identity} ${pin.why}`] : [];
  return {
    part: {
      address,
      label,
      path: [kind.collection],
      key,
      value,
      remark: null,
      notes: [...unsayable, ...shared, ...(pin && !pin.shared ? [pin.why] : [])],
    },
    leftOut: [...unsayable, ...shared].map((why) => ({ address, label, why })),
  };
}

function fieldsOf(
  kind: CollectionKind,
  { fields: stored }: LiveObject,
): { readonly fields: Readonly<Record<string, string>>; readonly unsayable: readonly string[] } {
  const fields: Record<string, string> = {};
  const unsayable: string[] = [];
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = canonical(field, stored[name] ?? null);
    if (value === null) continue;
    const obstacle = obstacleTo(field, value);
    if (obstacle === null) fields[name] = escapeVariables(value);
    else unsayable.push(`${name} is left out: it ${obstacle}`);
  }
  return { fields, unsayable };
}

interface Pin {
  readonly why: string;
  /** Others have the code as well. */
  readonly shared: boolean;
}

/** Why only the id can tell the object from others; null where its code or name does. */
function pinned(index: LiveIndex, object: LiveObject, fields: Readonly<Record<string, string>>): Pin | null {
  const { kind } = index;
  const code = fieldText(kind, object.fields, kind.identity);
  if (code !== null && Object.hasOwn(fields, kind.identity)) {
    const { length } = findInternal(index, { code });
    const why = `is left out: ${countText(length, kind.noun)} have ${identityText(kind, { code })}, so this one is pinned by its id`;
    return length === 1 ? null : { why: shown(why, code, length), shared: true };
  }
  const name = fieldText(kind, object.fields, 'name');
  if (name === null || !Object.hasOwn(fields, 'name'))
    return { why: 'pinned by its id: it has neither code nor name that could find it', shared: false };
  const { length } = findInternal(index, { name });
  if (length === 1) return null;
  const why = `pinned by its id: it has no code, and ${countText(length, kind.noun)} have this name`;
  return { why, shared: false };
}

/** A code of a few words is shown, a longer one only counted. */
const shown = (why: string, code: string, length: number): string =>
  code.length <= 60 ? why : `is left out: ${length} have it, so this one is pinned by its id`;
