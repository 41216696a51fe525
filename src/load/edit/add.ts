import type { Edit } from '../splice.ts';
import { Refused } from './edits.ts';
import { type Fresh, freshFlow, isShort, memberLines, valueLines } from './fresh.ts';
import { beginsLine, endingAt, endsLine, lineEnd, lineStart, linesBehind, tailOf } from './lines.ts';
import { type Collection, type MappingPlace, type Place, partsOf } from './place.ts';
import { keyText } from './scalar-text.ts';

/** The splices that add keys to a mapping, behind its last one. */
export function addMembers(
  place: MappingPlace,
  fresh: readonly (readonly [string, Fresh])[],
  text: string,
  step: string,
): readonly Edit[] {
  if (emptyOnItsLine(place, text) && fresh.some(([, each]) => !isShort(each))) {
    const indent = ' '.repeat(Math.max(0, place.outer)) + step;
    const lines = fresh.flatMap(([key, each]) => memberLines(key, each, indent, step));
    return [{ start: place.lead, end: place.end, text: '' }, linesBehind(text, place.end, lines)];
  }
  if (place.form !== 'block')
    return append(
      place,
      fresh.map(([key, each]) => `${keyText(key)}: ${freshFlow(each, key)}`),
      text,
    );
  const indent = indentOf(place, text);
  const tail = tailOf(text, place);
  // The lines behind a text that keeps its last line ends belong to it.
  const apart = text[tail - 1] !== '\n' && standsApart(place, text) ? [''] : [];
  const lines = fresh.flatMap(([key, each]) => [...apart, ...memberLines(key, each, indent, step)]);
  return [linesBehind(text, tail, lines)];
}

/** `key: {}` or `key: []`, which can become a block: what is long is not written between brackets. */
export function emptyOnItsLine(place: Collection, text: string): boolean {
  const { end, form, inFlow, lead, start } = place;
  return (
    form === 'brackets' &&
    !inFlow &&
    partsOf(place).length === 0 &&
    text[lead - 1] === ':' &&
    /^ +(?:\{ *\}|\[ *\])$/.test(text.slice(lead, end)) &&
    endsLine(text, end) &&
    lead < start
  );
}

/** Whether an empty line stands before the last member, above what is noted of it. */
function standsApart({ members }: MappingPlace, text: string): boolean {
  const last = members.at(-1);
  if (!last || members.length < 2) return false;
  let at = lineStart(text, last.start);
  for (;;) {
    const above = at === 0 ? at : lineStart(text, at - 1);
    if (above >= at) return false;
    const line = text.slice(above, at).trim();
    if (!line.startsWith('#')) return line === '';
    at = above;
  }
}

/** The white space before the keys or dashes of a block. */
export function indentOf(place: Collection, text: string): string {
  const own = partsOf(place).find(({ start }) => beginsLine(text, start));
  return own ? text.slice(lineStart(text, own.start), own.start) : ' '.repeat(place.column);
}

/** The splices that write what is fresh where no value is, or `null`. */
export function fill(place: Place, fresh: Fresh, text: string, step: string): readonly Edit[] {
  const { end, inFlow, lead, outer, start } = place;
  if (place.type !== 'missing') return [{ start, end, text: freshFlow(fresh) }];
  const at = { start: lead, end: lead };
  if (!place.colon) return [{ ...at, text: `: ${freshFlow(fresh)}` }];
  if (inFlow) return [{ ...at, text: ` ${freshFlow(fresh)}` }];
  const { first, more } = valueLines(fresh, ' '.repeat(Math.max(0, outer)), step);
  return [
    ...(first === '' ? [] : [{ ...at, text: ` ${first}` }]),
    ...(more.length === 0 ? [] : [linesBehind(text, lead, more)]),
  ];
}

/** The splices that put texts behind the last part between brackets. */
export function append(place: Collection, texts: readonly string[], text: string): readonly Edit[] {
  if (place.form === 'none') throw new Refused('form');
  const last = partsOf(place).at(-1);
  if (!last) return intoEmpty(place, texts.join(', '), text);
  const tail = tailOf(text, last.value);
  const behind = last.comma === null ? tail : last.comma + 1;
  if (beginsLine(text, last.start) && endsLine(text, behind)) {
    const ending = endingAt(text, last.start);
    const indent = text.slice(lineStart(text, last.start), last.start);
    const at = lineEnd(text, behind);
    const lines = texts.map((each) => `${ending}${indent}${each}`).join(',');
    return [
      ...(last.comma === null ? [{ start: tail, end: tail, text: ',' }] : []),
      { start: at, end: at, text: `${lines}${last.comma === null ? '' : ','}` },
    ];
  }
  const list = texts.join(', ');
  return [{ start: behind, end: behind, text: last.comma === null ? `, ${list}` : ` ${list},` }];
}

function intoEmpty({ end, start, type }: Collection, list: string, text: string): readonly Edit[] {
  const [from, to] = [start + 1, end - 1];
  const pad = type === 'mapping' ? ' ' : '';
  if (from === to) return [{ start: from, end: from, text: `${pad}${list}${pad}` }];
  if (/^ *$/.test(text.slice(from, to))) return [{ start: from, end: from, text: ` ${list}` }];
  return [{ start: to, end: to, text: `${list}${pad}` }];
}
