/** A part of a text, from its first sign to the one after its last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters
const colour = /\u001b\[(\d{1,2})m/g;
const ends: Readonly<Record<string, readonly string[]>> = {
  39: ['31', '32', '33', '36'],
  22: ['1', '2'],
};

/** Parts of a painted text, by where they stand in it without its colours; each is painted for itself, for readers that take line by line. */
export function slices(painted: string, ranges: readonly Range[]): readonly string[] {
  const parts = ranges.map(() => '');
  let open: readonly string[] = [];
  let [at, seen] = [0, 0];
  const take = (text: string): void => {
    for (const [index, { start, end }] of ranges.entries()) {
      const kept = text.slice(Math.max(0, start - at), Math.max(0, end - at));
      if (kept !== '') parts[index] = `${parts[index] ?? ''}${dressed(kept, open)}`;
    }
    at += text.length;
  };
  for (const match of painted.matchAll(colour)) {
    take(painted.slice(seen, match.index));
    seen = match.index + match[0].length;
    const code = match[1] ?? '';
    const ended = ends[code];
    open = ended === undefined ? [...open, code] : open.filter((each) => !ended.includes(each));
  }
  take(painted.slice(seen));
  return parts;
}

function dressed(text: string, open: readonly string[]): string {
  const before = open.map((code) => `\u001b[${code}m`).join('');
  const after = open.toReversed().map((code) => `\u001b[${code.length === 1 ? 22 : 39}m`);
  return `${before}${text}${[...new Set(after)].join('')}`;
}
