import { inOrderOf, type SchemaPath } from '../format/key-order.ts';
import type { Edit } from '../splice.ts';
import { Refused } from './edits.ts';
import { type Fresh, freshFlow, isShort, memberLines, valueLines } from './fresh.ts';
import { beginsLine, endingAt, endsLine, lineEnd, lineStart, linesBehind, tailOf } from './lines.ts';
import { type Collection, type MappingPlace, type Place, partsOf } from './place.ts';
import { keyText } from './scalar-text.ts';
import { behindComments, indexesIn, standsApart, withNotesAbove } from './standing.ts';

/** The splices that add keys to a mapping, where the schema has them or behind its last one. */
export function addMembers(
  place: MappingPlace,
  fresh: readonly (readonly [string, Fresh])[],
  path: SchemaPath,
  { step, text }: { readonly step: string; readonly text: string },
): readonly Edit[] {
  if (emptyOnItsLine(place, text) && fresh.some(([, each]) => !isShort(each))) {
    const indent = ' '.repeat(Math.max(0, place.outer)) + step;
    const lines = fresh.flatMap(([key, each]) => memberLines(key, each, indent, step));
    return [{ start: place.lead, end: place.end, text: '' }, linesBehind(text, place.end, lines)];
  }
  const indexOf = indexesIn(place, path, text);
  const groups = new Map<number, (readonly [string, Fresh])[]>();
  for (const member of inOrderOf(fresh, path)) {
    const at = indexOf(member[0]);
    const group = groups.get(at) ?? [];
    group.push(member);
    groups.set(at, group);
  }
  if (place.form !== 'block')
    return [...groups].flatMap(([at, members]) => {
      const texts = members.map(([key, each]) => `${keyText(key)}: ${freshFlow(each, key)}`);
      const next = place.members[at];
      return next
        ? [{ start: next.start, end: next.start, text: texts.map((each) => `${each}, `).join('') }]
        : append(place, texts, text);
    });
  const indent = indentOf(place, text);
  return [...groups].map(([at, members]) => {
    const before = place.members[at - 1];
    const texts = members.map(([key, each]) => ({ key, lines: memberLines(key, each, indent, step) }));
    const isApart = (key: string): boolean => standsApart(key, place, path, text);
    if (!before) {
      const start = withNotesAbove(text, place.members[0]?.start ?? place.start);
      const ending = endingAt(text, start);
      const lines = texts.flatMap(({ key, lines }) => [...lines, ...(isApart(key) ? [''] : [])]);
      return { start, end: start, text: lines.map((line) => `${line}${ending}`).join('') };
    }
    const tail = behindComments(text, tailOf(text, before.value), place.column);
    // The lines behind a text that keeps its last line ends belong to it.
    const keeps = text[tail - 1] === '\n';
    return linesBehind(
      text,
      tail,
      texts.flatMap(({ key, lines }) => (!keeps && isApart(key) ? ['', ...lines] : lines)),
    );
  });
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
