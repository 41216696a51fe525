import { unpainted } from '../paint.ts';
import { width } from '../width.ts';
import { fitFrame, isFrameLine } from './fit-frame.ts';
import { type Range, slices } from './slices.ts';
import { wordsOf } from './words.ts';

/*
 * A terminal breaks what is too long where its window ends: in the middle of a word, and on to the left edge. So a text for
 * people is broken by us before it gets there, as a last step and for every text alike: what stands in a line stays as it is,
 * and the rest of it goes below, as far in as what it belongs to. Breaking where each text is made was refused: the same texts
 * go into files and pipes, where a line stays a line.
 */

/** Narrower windows break by themselves: there is no room to do better. */
export const leastColumns = 20;

/**
 * The text in lines that are at most so many columns wide, broken between words; a word that is wider has a line of its own.
 * Only spaces are lost. Lines around a position in a file are cut instead, so that the mark stays under its place.
 */
export function fit(text: string, columns: number): string {
  if (!Number.isFinite(columns) || columns < leastColumns) return text;
  const lines = text.split('\n');
  const fitted: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const frame = frameAt(lines, at);
    const some = frame.length > 0 ? fitFrame(frame, columns) : fitLine(lines[at] ?? '', columns);
    fitted.push(...some);
    at += Math.max(1, frame.length);
  }
  return fitted.join('\n');
}

/** The lines around a position that begin here; empty where none do. */
function frameAt(lines: readonly string[], from: number): readonly string[] {
  let to = from;
  while (to < lines.length && isFrameLine(lines[to] ?? '')) to += 1;
  return lines.slice(from, to);
}

function fitLine(line: string, columns: number): readonly string[] {
  const plain = unpainted(line);
  if (width(plain) <= columns) return [line];
  const { lead, hang } = leadOf(plain, columns);
  const lines: { readonly indent: number; readonly range: Range }[] = [];
  let [start, end, used, indent] = [0, lead.length, width(lead), 0];
  for (const word of wordsOf(plain, lead.length)) {
    const own = width(plain.slice(word.start, word.end));
    const added = width(plain.slice(end, word.start)) + own;
    if (
      used + added > columns &&
      plain.slice(start, end).trim() !== '' &&
      (own <= columns || end > lead.length)
    ) {
      lines.push({ indent, range: { start, end } });
      indent = Math.max(0, Math.min(hang, columns - own));
      [start, end, used] = [word.start, word.end, indent + own];
    } else [end, used] = [word.end, used + added];
  }
  // A question ends in the space before its answer.
  lines.push({ indent, range: { start, end: plain.length } });
  const texts = slices(
    line,
    lines.map(({ range }) => range),
  );
  return texts.map((text, at) => `${' '.repeat(lines[at]?.indent ?? 0)}${text}`);
}

/** What a line begins with and is not broken in, and how far in the rest of it stands. */
interface Lead {
  readonly lead: string;
  readonly hang: number;
}

const sign = /^ *(?:[→│|✓✗✔✖=+~•…*>-] )+/;
/** A name with its value, or cells of a row: a few words, and at least two spaces. */
const cell = / *\S+(?: \S+){0,2} {2,}(?=\S)/y;
/** A problem, a warning, a note, and lines of YAML, which must stay what they are when somebody copies them. */
const titled = /^( *)(?:(?:error|warning) [A-Z]|["\w.-]+: )/;

function leadOf(plain: string, columns: number): Lead {
  const indent = /^ */.exec(plain)?.[0] ?? '';
  const [signed] = sign.exec(plain) ?? [];
  const deepest = Math.floor(columns / 2);
  if (signed !== undefined && signed.length <= deepest) return { lead: signed, hang: width(signed) };
  const cells = cellsOf(plain, deepest);
  if (cells !== '') return { lead: cells, hang: width(cells) };
  const more = cell.test(plain) || titled.test(plain) ? 2 : 0;
  return { lead: indent, hang: Math.min(deepest, indent.length + more) };
}

/** As many cells as a line begins with before its last one, in at most so many columns. */
function cellsOf(plain: string, columns: number): string {
  let cells = '';
  for (;;) {
    cell.lastIndex = cells.length;
    const [next] = cell.exec(plain) ?? [];
    if (next === undefined || width(cells + next) > columns) break;
    cells += next;
  }
  cell.lastIndex = 0;
  return cells;
}
