import type { Edit } from '../splice.ts';
import { fill } from './add.ts';
import { blockText, literal } from './block-scalar.ts';
import { isList, isMapping, Refused, type Written } from './edits.ts';
import { flowText } from './fresh.ts';
import { guard, guardComments, guardRemoval, guardVariables, says } from './guard.ts';
import type { Layout } from './layout.ts';
import { beforeLineEnds, endingAt, lineEnd, lineStart, linesBehind, tailOf } from './lines.ts';
import type { Collection, Place, ScalarPlace } from './place.ts';
import { quotingOf, scalarText } from './scalar-text.ts';

/** The splices that put a value in place of what is there; `whole`: with the comments inside of it. */
export function setValue(
  place: Place,
  value: Written,
  whole: boolean,
  around: { readonly layout: Layout; readonly step: string },
): readonly Edit[] {
  const { layout, step } = around;
  guard(place, layout);
  if (says(place, value)) return [];
  if (place.type === 'missing') return fill(place, { value }, layout.text, step);
  if (place.type === 'alias') throw new Refused('alias');
  if (place.type === 'scalar') {
    guardVariables(place);
    return typeof value === 'string'
      ? rewrite(place, value, layout.text, step)
      : instead(place, flowText(value), layout.text);
  }
  if (
    place.type === 'mapping' &&
    isMapping(value) &&
    hasKeys(
      value,
      place.members.map(({ name }) => name),
    )
  )
    return place.members.flatMap((member) =>
      setValue(member.value, value[member.name] ?? null, whole, around),
    );
  guardVariables(place);
  guardRemoval(place, layout);
  return replace(place, value, whole, layout);
}

const hasKeys = (value: { readonly [key: string]: Written }, keys: readonly string[]): boolean =>
  Object.keys(value).length === new Set(keys).size && keys.every((key) => Object.hasOwn(value, key));

/** A text in place of another one, in its style. */
function rewrite(place: ScalarPlace, value: string, text: string, step: string): readonly Edit[] {
  const { end, header, inFlow, outer, start, style } = place;
  if (style === 'literal' || style === 'folded')
    return (
      rewriteBlock(place, style, value, text) ?? instead(place, scalarText(value, 'double', place), text)
    );
  const indent = ' '.repeat(Math.max(0, outer)) + step;
  const lines = style === 'plain' && !inFlow && value.includes('\n') ? literal(value, indent) : null;
  if (lines && header === '')
    return [{ start, end, text: lines.header }, linesBehind(text, end, lines.lines)];
  return [{ start, end, text: scalarText(value, quotingOf(place), place) }];
}

const usualWidth = 80;

/** Null where the text cannot be shown in a block, or the block says itself how far its lines stand in. */
function rewriteBlock(
  { body, end, header, start }: ScalarPlace,
  style: 'literal' | 'folded',
  value: string,
  text: string,
): readonly Edit[] | null {
  const old = text.slice(body, end);
  const indent = /^ +(?=[^ \r\n])/m.exec(old)?.[0];
  if (indent === undefined || /\d/.test(header)) return null;
  const width = old.split('\n').reduce((most, line) => Math.max(most, line.trimEnd().length), usualWidth);
  const block = blockText(value, { style, indent, width, keeps: header.includes('+') });
  if (!block) return null;
  const ending = endingAt(text, start);
  const keeps = block.header.includes('+');
  const last = beforeLineEnds(text, end);
  const lines = block.lines.join(ending) + (keeps ? ending : '');
  return [
    { start, end: start + header.length, text: block.header },
    { start: body, end: keeps ? end : lineEnd(text, last), text: lines },
  ];
}

/** One line of text in place of a scalar; of a block scalar the lines go and a comment in its header stays. */
function instead(place: ScalarPlace, line: string, text: string): readonly Edit[] {
  const { end, header, start } = place;
  if (header === '') return [{ start, end, text: line }];
  const tail = tailOf(text, place);
  const from = lineEnd(text, start);
  const to = text[tail - 1] === '\n' ? lineEnd(text, lineStart(text, tail - 1)) : lineEnd(text, tail);
  return [
    { start, end: start + header.length, text: line },
    { start: from, end: Math.max(from, to), text: '' },
  ];
}

/** A value in place of a collection. */
function replace(place: Collection, value: Written, whole: boolean, layout: Layout): readonly Edit[] {
  const { text } = layout;
  const written =
    isList(value) || isMapping(value) || place.inFlow ? flowText(value) : flowText(value, false);
  const { end, form, lead, start } = place;
  if (form === 'none') throw new Refused('form');
  if (form === 'brackets') {
    if (!whole) guardComments(layout, start, end);
    return [{ start, end, text: written }];
  }
  const tail = tailOf(text, place);
  if (lead >= lineStart(text, start)) {
    if (!whole) guardComments(layout, start, tail);
    return [{ start, end: tail, text: written }];
  }
  const [from, to] = [lineEnd(text, lead), lineEnd(text, text[tail - 1] === '\n' ? tail - 1 : tail)];
  if (!whole) guardComments(layout, from, to);
  return [
    { start: lead, end: lead, text: ` ${written}` },
    { start: from, end: to, text: '' },
  ];
}
