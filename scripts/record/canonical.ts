import type { Cell } from '../../test/ui/screen.ts';

/** The id of an apply: its time and a random number. */
const run = /\d{8}T\d{6}Z-[0-9a-f]{6}/g;

/** Everything shown, with the ids that no two sessions share replaced by one of the same length. An id may be broken by the end of a row. */
export function canonical(lines: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  // One unit of text for each place, so that what is found stands where it is counted.
  const text = lines
    .map((line) => line.map(({ sign }) => (sign.length === 1 ? sign : '\0')).join(''))
    .join('');
  const same = text.replace(run, '20261102T081500Z-4f1c2a');
  let at = 0;
  return lines.map((line) =>
    line.map((cell) => {
      const sign = same[at] ?? '';
      at += 1;
      return text[at - 1] === sign ? cell : { ...cell, sign };
    }),
  );
}
