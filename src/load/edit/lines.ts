import { type Place, partsOf, type ScalarPlace } from './place.ts';

/** Where the line around an offset begins; a byte order mark stands before it. */
export function lineStart(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Where the line around an offset ends, without the signs that end it. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins, or the text ends. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** How the line around an offset ends; where it is the last one, how the one before it does. */
export function endingAt(text: string, at: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', at);
  const end = next < 0 ? text.lastIndexOf('\n', at - 1) : next;
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** Whether nothing stands before an offset on its line. */
export const beginsLine = (text: string, at: number): boolean =>
  /^ *$/.test(text.slice(lineStart(text, at), at));

/** Whether nothing but a comment stands behind an offset on its line. */
export const endsLine = (text: string, at: number): boolean =>
  /^[ \t]*(?:#[^\n]*)?$/.test(text.slice(at, lineEnd(text, at)));

/** The offset behind the spaces at an offset. */
export function behindSpaces(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return end;
}

/** The offset before the spaces that end at an offset. */
export function beforeSpaces(text: string, at: number): number {
  let start = at;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  return start;
}

/** Where the last sign of a value stands: what is written behind it begins after that, on the same line or the next. */
export function tailOf(text: string, place: Place): number {
  if (place.type === 'scalar') return place.header === '' ? place.end : blockEnd(text, place);
  if (place.type === 'alias' || place.type === 'missing' || place.form === 'brackets') return place.end;
  const last = partsOf(place).at(-1);
  return last ? tailOf(text, last.value) : place.end;
}

/** Empty lines behind the text of a block scalar belong to it only where its header says so. */
function blockEnd(text: string, { body, end, header, start }: ScalarPlace): number {
  if (header.includes('+')) return end;
  const last = beforeLineEnds(text, end);
  return last <= body ? lineEnd(text, start) : last;
}

/** The offset before the line ends that end at an offset. */
export function beforeLineEnds(text: string, at: number): number {
  let start = at;
  while (text[start - 1] === '\n' || text[start - 1] === '\r') start -= 1;
  return start;
}

/** The splice that puts whole lines behind the line in which a value ends. */
export function linesBehind(text: string, tail: number, lines: readonly string[]) {
  // Only the text of a block scalar that keeps its last line ends goes up to the next line.
  const whole = tail > 0 && text[tail - 1] === '\n';
  const ending = endingAt(text, whole ? tail - 1 : tail);
  const at = whole ? tail : lineEnd(text, tail);
  const put = lines.map((line) => (whole ? `${line}${ending}` : `${ending}${line}`)).join('');
  return { start: at, end: at, text: put };
}
