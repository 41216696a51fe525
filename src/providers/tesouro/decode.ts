import type { CollectionKind, Field } from '../../model/kind.ts';
import type { LiveObject } from '../../model/live.ts';
import { hundredthsToPercent, percentToHundredths } from '../../model/percent.ts';
import type { Fields, Value } from '../../model/value.ts';
import { isObject, type WireObject } from './api.ts';
import { incomplete } from './incomplete.ts';

/** Text, or null where there is none; anything else is Incomplete. */
export function textOf(value: unknown, name: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  throw incomplete(`${name} should be text and is ${typeof value}`);
}

/** An id that another system gave, text or a whole number; null where there is none. */
export const foreignIdOf = (value: unknown, name: string): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : textOf(value, name);

/** Text that must be there. */
export function requiredText(value: unknown, name: string): string {
  const text = textOf(value, name);
  if (text === null || text === '') throw incomplete(`${name} is missing`);
  return text;
}

/** Not all that JavaScript takes for a number: blanks would be 0. */
const decimal = /^\s*[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?\s*$/i;

/** A number, also one written as text, or null where there is none; anything else is Incomplete. */
export function numberOf(value: unknown, name: string): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw incomplete(`${name} should be a number`);
}

/** The objects of a list that must be there. */
export function objectsOf(value: unknown, name: string): readonly WireObject[] {
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw incomplete(`${name} should be a list of objects`);
}

/** An object of a collection kind as the service stores it; members that are not known are ignored. */
export function liveObject(kind: CollectionKind, wire: WireObject): LiveObject {
  const fields = Object.entries(kind.fields).map(
    ([name, field]) => [name, liveValue(field, wire[name], name)] as const,
  );
  const { type } = wire;
  return {
    id: requiredText(wire.id, 'id'),
    external: wire.is_external === true,
    status: textOf(wire.status, 'status'),
    // A new account has this until somebody says what it is.
    ...(typeof type === 'string' && type !== 'Unknown' ? { type } : {}),
    fields: Object.fromEntries(fields),
    ...totalOf(kind, wire),
  };
}

/** Fields in the API's form: percent in 1/100, text as it is, null to clear. */
export function wireFields(kind: CollectionKind, fields: Fields): WireObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, wireValue(kind.fields[name], value, name)]),
  );
}

/** What no field of the file has is only looked at: a total in a form that nobody expects is none. */
function totalOf({ rate }: CollectionKind, wire: WireObject): Pick<LiveObject, 'total'> {
  const total = rate && wire[rate.total];
  if (typeof total !== 'number' || !Number.isSafeInteger(total)) return {};
  return { total: hundredthsToPercent(total) };
}

function liveValue(field: Field, value: unknown, name: string): Value {
  if (field.type === 'text') return textOf(value, name);
  if (value === null || value === undefined) return null;
  const hundredths =
    typeof value === 'string' && /^\s*-?\d{1,9}(\.0+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof hundredths === 'number' && Number.isSafeInteger(hundredths))
    return hundredthsToPercent(hundredths);
  throw incomplete(`${name} should be a whole number of 1/100 %`);
}

function wireValue(field: Field | undefined, value: Value, name: string): string | number | null {
  if (!field) throw new Error(`${name} is no field of this kind`);
  if (value === null || field.type === 'text') return value;
  const hundredths = percentToHundredths(value);
  if (hundredths === null) throw new Error(`${name} is no percentage: ${value}`);
  return hundredths;
}
