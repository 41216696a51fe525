/** Order of two texts that is the same on every machine: by code units, without a locale. */
export function comparePoints(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
