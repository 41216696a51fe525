/**
 * Where what was printed differs from what a page shows; null where it is the same. `…` stands for anything within a line, and
 * alone on a line for any number of lines. Empty lines at the beginning and end, and spaces at the ends of lines, do not count.
 */
export function differenceTo(shown: readonly string[], printed: string): string | null {
  const expected = trimmed(shown);
  const actual = trimmed(printed.split('\n'));
  let furthest = 0;
  const known = new Set<string>();
  const fits = (from: number, to: number): boolean => {
    furthest = Math.max(furthest, from);
    const key = `${from} ${to}`;
    if (known.has(key)) return false;
    known.add(key);
    const line = expected[from];
    if (line === undefined) return to === actual.length;
    if (line.trim() === '…') return fits(from + 1, to) || (to < actual.length && fits(from, to + 1));
    const found = actual[to];
    return found !== undefined && lineFits(line, found) && fits(from + 1, to + 1);
  };
  if (fits(0, 0)) return null;
  return `the page shows: ${expected[furthest] ?? 'nothing more'}\nprinted was:\n${actual.join('\n')}`;
}

function trimmed(lines: readonly string[]): readonly string[] {
  const ends = lines.map((line) => line.trimEnd());
  const first = ends.findIndex((line) => line !== '');
  return first < 0 ? [] : ends.slice(first, ends.findLastIndex((line) => line !== '') + 1);
}

function lineFits(shown: string, printed: string): boolean {
  const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(printed);
}

/** Whether a document has everything that a page shows of it. In a list that is its first elements; `"…"` is any value. */
export function holds(document: unknown, shown: unknown): boolean {
  if (shown === '…') return document !== undefined;
  if (typeof shown !== 'object' || shown === null) return document === shown;
  if (typeof document !== 'object' || document === null) return false;
  if (Array.isArray(shown) !== Array.isArray(document)) return false;
  const members = new Map(Object.entries(document));
  return Object.entries(shown).every(([name, value]) => holds(members.get(name), value));
}
