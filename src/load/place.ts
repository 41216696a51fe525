import type { Address } from '../model/value.ts';

/** A path of keys and indexes as people write it: `policy.protect[0]`. */
export const placeOf = (path: readonly string[]): string =>
  path.map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`)).join('');

/** The address that a path belongs to; null where it belongs to none. */
export function addressAt(path: readonly string[], collections: ReadonlySet<string>): Address | null {
  const [section = '', second, third] = path;
  if (second === undefined) return null;
  if (collections.has(section)) return `${section}.${second}`;
  if (third !== undefined && (section === 'external' || section === 'settings'))
    return `${section}.${second}.${third}`;
  return null;
}
