import { comparePoints } from './compare-points.ts';

/** JSON with sorted keys and no white space: one text for one value, whoever wrote it. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const members: Readonly<Record<string, unknown>> = { ...value };
  for (const key of Object.keys(members).sort(comparePoints)) {
    const member = members[key];
    if (member !== undefined)
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
