import type { Edit } from '../splice.ts';
import { append, emptyOnItsLine, indentOf } from './add.ts';
import type { Written } from './edits.ts';
import { flowText, isShort, itemLines } from './fresh.ts';
import { says } from './guard.ts';
import { beginsLine, endingAt, lineStart, linesBehind, tailOf } from './lines.ts';
import type { ItemPlace, SequencePlace } from './place.ts';

interface Insert {
  readonly at: number;
  readonly value: Written;
}

/** The splices that insert items into a list. What it says already is not said again. */
export function insertItems(
  place: SequencePlace,
  inserts: readonly Insert[],
  text: string,
  step: string,
): readonly Edit[] {
  const groups = new Map<number, Written[]>();
  for (const { at, value } of inserts) {
    if (place.items.some((item) => says(item.value, value))) continue;
    const index = Math.max(0, Math.min(at, place.items.length));
    const group = groups.get(index) ?? [];
    groups.set(index, [...group, value]);
  }
  return [...groups].flatMap(([index, values]) =>
    place.form === 'block'
      ? inBlock(place, index, values, text, step)
      : inBrackets(place, index, values, text, step),
  );
}

function inBlock(
  place: SequencePlace,
  index: number,
  values: readonly Written[],
  text: string,
  step: string,
): readonly Edit[] {
  const { items, lead } = place;
  const neighbour = items[index] ?? items[index - 1];
  const [first, before] = [items[0], items[index - 1]];
  if (!first || !neighbour) return [];
  const indent = indentOf(place, text);
  const dash = dashOf(neighbour, text);
  const short = neighbour.value.type === 'mapping' && neighbour.value.form === 'brackets';
  const lines = values.flatMap((value) =>
    short ? [`${indent}${dash}${flowText(value, false)}`] : itemLines(value, indent, dash, step),
  );
  // What is noted above an item belongs to it: new ones stand behind the item before, not between the two.
  if (before) return [linesBehind(text, tailOf(text, before.value), lines)];
  const ending = endingAt(text, first.start);
  if (!beginsLine(text, first.start)) {
    const put = `${lines.join(ending).slice(indent.length)}${ending}${indent}`;
    return [{ start: first.start, end: first.start, text: put }];
  }
  const line = lineStart(text, first.start);
  if (lead > 0 && lead < line) return [linesBehind(text, lead, lines)];
  return [{ start: line, end: line, text: lines.map((each) => `${each}${ending}`).join('') }];
}

/** The dash with as many spaces as the neighbour has behind it. */
function dashOf({ start, value }: ItemPlace, text: string): string {
  const spaces = /^-( +)[^ \r\n#]/.exec(
    text.slice(start, value.type === 'missing' ? start : value.start + 1),
  )?.[1];
  return `-${spaces ?? ' '}`;
}

function inBrackets(
  place: SequencePlace,
  index: number,
  values: readonly Written[],
  text: string,
  step: string,
): readonly Edit[] {
  if (emptyOnItsLine(place, text) && values.some((value) => !isShort({ value }))) {
    const indent = ' '.repeat(Math.max(0, place.outer)) + step;
    const lines = values.flatMap((value) => itemLines(value, indent, '- ', step));
    return [{ start: place.lead, end: place.end, text: '' }, linesBehind(text, place.end, lines)];
  }
  const texts = values.map((each) => flowText(each));
  const next = place.items[index];
  if (!next) return append(place, texts, text);
  const { start } = next;
  const apart = beginsLine(text, start)
    ? `${endingAt(text, start)}${text.slice(lineStart(text, start), start)}`
    : ' ';
  return [{ start, end: start, text: texts.map((each) => `${each},${apart}`).join('') }];
}
