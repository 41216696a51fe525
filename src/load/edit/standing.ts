import { isKnown, isSection, rankAmong, type SchemaPath, schemaRoot } from '../format/key-order.ts';
import { beginsLine, lineEnd, lineStart, nextLine } from './lines.ts';
import type { MappingPlace, MemberPlace } from './place.ts';

/** Says before which member a new one stands: where all are in the schema's order the next of them, otherwise none. */
export function indexesIn(place: MappingPlace, path: SchemaPath, text: string): (key: string) => number {
  const { end, form, members, start } = place;
  const rank = rankAmong(path);
  const ranks = members.map(({ name }) => rank(name));
  const isOrdered = ranks.every((each, index) => each >= 0 && each > (ranks[index - 1] ?? -1));
  const isCanonical = isOrdered && (form === 'block' || !text.slice(start, end).includes('\n'));
  const [first] = members;
  // The comments above the first section may be the heading of the file.
  const isTaken = form === 'block' && first !== undefined && !canPrecede(first);
  return (key) => {
    const own = rank(key);
    const found = isCanonical && own >= 0 ? ranks.findIndex((each) => each > own) : -1;
    return found < 0 || (found === 0 && isTaken) ? members.length : found;
  };

  function canPrecede({ start: at }: MemberPlace): boolean {
    return beginsLine(text, at) && (path !== schemaRoot || withNotesAbove(text, at) === lineStart(text, at));
  }
}

/** Where the lines of a member begin, with the comments right above it. */
export function withNotesAbove(text: string, at: number): number {
  let start = lineStart(text, at);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (above >= start || !/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** Whether an empty line is to stand before a new member: sections and entries stand apart as the others do. */
export function standsApart(key: string, { members }: MappingPlace, path: SchemaPath, text: string): boolean {
  if (path !== schemaRoot || !isKnown(key)) return members.length > 1 && isApart(members.at(-1), text);
  const alike = members.slice(1).filter(({ name }) => isSection(name) === isSection(key));
  return isSection(key) ? alike.every((each) => isApart(each, text)) : isApart(alike.at(-1), text);
}

/** Whether an empty line stands before a member, above what is noted of it. */
function isApart(member: MemberPlace | undefined, text: string): boolean {
  if (!member) return false;
  let at = lineStart(text, member.start);
  for (;;) {
    const above = at === 0 ? at : lineStart(text, at - 1);
    if (above >= at) return false;
    const line = text.slice(above, at).trim();
    if (!line.startsWith('#')) return line === '';
    at = above;
  }
}

/** Behind the comments that stand deeper than a block: they end what stands in there. */
export function behindComments(text: string, tail: number, column: number): number {
  let end = tail;
  for (let at = nextLine(text, Math.max(0, text[tail - 1] === '\n' ? tail - 1 : tail)); at < text.length; ) {
    const line = text.slice(at, lineEnd(text, at));
    const sign = line.search(/\S/);
    if (sign >= 0 && (line[sign] !== '#' || sign <= column)) break;
    if (sign >= 0) end = lineEnd(text, at);
    at = nextLine(text, at);
  }
  return end;
}
