import type { Layout } from '../edit/layout.ts';
import { nextLine } from '../edit/lines.ts';

/** What of a text is not the document itself: directives and the marks of its beginning and end. */
export interface Frame {
  /** Lines before the document. */
  readonly top: readonly string[];
  /** Lines behind it. */
  readonly bottom: readonly string[];
  /** The text between. */
  readonly from: number;
  readonly to: number;
}

/** The frame of a document, whose lines stay as they are. */
export function frameOf({ root, text }: Layout): Frame {
  const begin = text.startsWith('\ufeff') ? 1 : 0;
  const start = root?.start ?? text.length;
  const mark = /^\ufeff?---(?=\s|$)/m.exec(text);
  const opened = mark !== null && mark.index < start ? mark.index + mark[0].length : null;
  // A value may begin on the line of the mark.
  const marked = opened === null ? begin : pastNotes(text, opened);
  const named = root !== null && (root.anchor !== null || root.tag !== null);
  // Nothing may come between the anchor or tag of a whole document and what it is about.
  const line = named ? pastNotes(text, endOfProps(text, marked, start)) : marked;
  const end = /^\.\.\.(?=\s|$)/m.exec(text.slice(root?.end ?? line));
  const to = end ? (root?.end ?? line) + end.index : text.length;
  return { top: linesOf(text.slice(begin, line)), bottom: linesOf(text.slice(to)), from: line, to };
}

/** The line below a sign, or the place behind it where more stands on its line. */
const pastNotes = (text: string, sign: number): number =>
  Math.min(nextLine(text, sign), sign + behind(text, sign));

/** Behind the anchor and tag that stand before a value, among comments. */
function endOfProps(text: string, from: number, start: number): number {
  const signs = [...text.slice(from, start).matchAll(/#[^\n]*|[&!]\S*/g)];
  const last = signs.findLast(([sign]) => !sign.startsWith('#'));
  return last ? from + last.index + last[0].length : from;
}

/** Up to what is neither space nor comment on the line of a mark. */
function behind(text: string, opened: number): number {
  const [rest = ''] = /^[ \t]*(?:#[^\n]*)?/.exec(text.slice(opened, nextLine(text, opened))) ?? [];
  return opened + rest.length >= nextLine(text, opened) - 2 ? Number.POSITIVE_INFINITY : rest.length;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}
