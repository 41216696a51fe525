import { foldCase } from '../../model/fold-case.ts';

/** Legal forms and little words: they stand in many names and say nothing of what is meant. */
const idle: ReadonlySet<string> = new Set(
  'the and for with from inc ltd llc llp plc gmbh mbh corp company limited sarl bv der die das und von mit fur per pro item line'.split(
    ' ',
  ),
);

/** Text for finding things by it: without case and without marks above and below letters, so that `Büro` and `BURO` meet. */
export const folded = (text: string): string =>
  foldCase(text.normalize('NFKD').replace(/\p{M}/gu, '')).replaceAll('ß', 'ss');

/** The telling words of a text, each once, in their order. */
export function wordsOf(text: string | null): readonly string[] {
  if (text === null) return [];
  const words = folded(text).split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((word) => isTelling(word)))];
}

/** In scripts without spaces between words two signs are a word; numbers alone name nothing. */
function isTelling(word: string): boolean {
  if (idle.has(word) || /^\p{N}+$/u.test(word)) return false;
  return [...word].length >= (/^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}]+$/u.test(word) ? 3 : 2);
}

/** Whether two words are forms of one: equal, or alike up to their ends (`consulting`, `consultancy`). */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4) return false;
  if (long.startsWith(short)) return true;
  let common = 0;
  while (common < short.length && short[common] === long[common]) common += 1;
  return common >= 5 && common >= 0.7 * short.length;
}
