import { comparePoints } from './compare-points.ts';

/** Gives out JSON with sorted keys and no white space, piece by piece: one text for one value, whoever wrote it. Whole, the text of a large plan would take several times its memory. */
export function canonicalJson(value: unknown, put: (piece: string) => void): void {
  if (typeof value !== 'object' || value === null) put(JSON.stringify(value ?? null));
  else if (Array.isArray(value)) putList(value, put);
  else putMembers(value, put);
}

function putList(items: readonly unknown[], put: (piece: string) => void): void {
  let separator = '';
  put('[');
  for (const item of items) {
    put(separator);
    canonicalJson(item, put);
    separator = ',';
  }
  put(']');
}

function putMembers(value: object, put: (piece: string) => void): void {
  let separator = '';
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
