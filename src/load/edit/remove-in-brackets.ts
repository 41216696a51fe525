import type { Edit } from '../splice.ts';
import { beforeSpaces, beginsLine, behindSpaces, endsLine, lineStart, nextLine, tailOf } from './lines.ts';
import { type Collection, type ItemPlace, partsOf } from './place.ts';

/** Parts between brackets, with a comma each; one with lines of its own goes with these and the comment there. */
export function removeInBrackets(
  place: Collection,
  indexes: ReadonlySet<number>,
  text: string,
): readonly Edit[] {
  const parts = partsOf(place);
  const splices: Edit[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (!part || !indexes.has(index)) continue;
    if (hasOwnLines(part, text)) {
      splices.push({ start: lineStart(text, part.start), end: nextLine(text, endOf(part, text)), text: '' });
      continue;
    }
    let last = part;
    for (let next = parts[index + 1]; next && indexes.has(index + 1) && !hasOwnLines(next, text); ) {
      last = next;
      index += 1;
      next = parts[index + 1];
    }
    splices.push(onLine(place, part, last, text));
  }
  return splices;
}

const hasOwnLines = (part: ItemPlace, text: string): boolean =>
  beginsLine(text, part.start) && endsLine(text, endOf(part, text));

/** Behind a part and its comma. */
const endOf = ({ comma, value }: ItemPlace, text: string): number =>
  comma === null ? tailOf(text, value) : comma + 1;

/** A run of parts that share lines with others. */
function onLine(place: Collection, first: ItemPlace, last: ItemPlace, text: string): Edit {
  const parts = partsOf(place);
  const end = endOf(last, text);
  const [start, from] = [first.start, parts.indexOf(first)];
  const isLast = last === parts.at(-1);
  const before = parts[from - 1];
  if (isLast && from === 0) {
    const [left, right] = [beforeSpaces(text, start), behindSpaces(text, end)];
    const bare = left === place.start + 1 && right === place.end - 1;
    return bare ? { start: left, end: right, text: '' } : { start, end, text: '' };
  }
  if (isLast && before?.comma != null && beforeSpaces(text, start) === before.comma + 1)
    return { start: last.comma === null ? before.comma : before.comma + 1, end, text: '' };
  const next = behindSpaces(text, end);
  const more = text[next] !== '\n' && text[next] !== '\r' && text[next] !== '#' && !isLast;
  return more ? { start, end: next, text: '' } : { start: beforeSpaces(text, start), end, text: '' };
}
