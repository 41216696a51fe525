import { comparePoints } from './compare-points.ts';

/** Gives out JSON with sorted keys and no white space, piece by piece: one text for one value, whoever wrote it. Whole, the text of a large plan would take several times its memory. */
export function canonicalJson(value: unknown, put: (piece: string) => void): void {
  if (typeof value !== 'object' || value === null) return put(JSON.stringify(value ?? null));
  let separator = '';
  if (Array.isArray(value)) {
    put('[');
    for (const item of value) {
      put(separator);
      canonicalJson(item, put);
      separator = ',';
    }
    return put(']');
  }
  // Own members, `__proto__` among them.
  const members = new Map<string, unknown>(Object.entries(value));
  put('{');
  for (const key of [...members.keys()].sort(comparePoints)) {
    const member = members.get(key);
    if (member === undefined) continue;
    put(`${separator}${JSON.stringify(key)}:`);
    canonicalJson(member, put);
    separator = ',';
  }
  put('}');
}
