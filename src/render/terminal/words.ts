import { width } from '../width.ts';
import type { Range } from './slices.ts';

const spoken = new Intl.Segmenter('ja', { granularity: 'word' });
/** Scripts that are written without spaces. */
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** What does not stand at the beginning of a line, and what not at its end. */
const closing = /^[\p{Pe}\p{Pf}\p{Po}\p{M}ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…"'”’]/u;
const opening = /[\p{Ps}\p{Pi}"'“‘]$/u;

/**
 * A command to copy, as hints tell it: its words, options with their values, and whatever looks like a file, an address or an id. It is
 * not broken, for half of it would be another command.
 */
const word = String.raw`[^\s,;()]*[^\s,;().:?]`;
const groups = 'connection|documents|export|import|local|records';
const telling = String.raw`(?=\S*[-_./=*'"<\[\d])${word}`;
const command = String.raw`ledgerform (?:(?:${groups}) )?[a-z]+(?: --?[\w-]+(?:=${word}| ${word})?| ${telling})*`;
const piece = new RegExp(String.raw`${command}[^\s]*|[^ ]+`, 'g');

/** The words of a text from a place on: what stands between spaces, and in scripts without spaces what is a word there. */
export function wordsOf(text: string, from: number): readonly Range[] {
  return [...text.slice(from).matchAll(piece)].flatMap(({ 0: one, index }) =>
    spaceless.test(one) && width(one) > 2
      ? partsOf(one).map(({ start, end }) => ({ start: from + index + start, end: from + index + end }))
      : [{ start: from + index, end: from + index + one.length }],
  );
}

function partsOf(word: string): readonly Range[] {
  const parts: Range[] = [];
  for (const { index, segment } of spoken.segment(word)) {
    const last = parts.at(-1);
    const before = last === undefined ? '' : word.slice(last.start, last.end);
    if (last !== undefined && !isBreak(before, segment))
      parts[parts.length - 1] = { start: last.start, end: index + segment.length };
    else parts.push({ start: index, end: index + segment.length });
  }
  return parts;
}

/** Whether a line may end between two parts of a word. */
function isBreak(before: string, after: string): boolean {
  if (closing.test(after) || opening.test(before)) return false;
  const [last = ''] = [...before].slice(-1);
  return (
    spaceless.test(last) || spaceless.test([...after][0] ?? '') || /[、。，．！？；：」』】）]$/u.test(before)
  );
}
