import type { Layout } from '../edit/layout.ts';
import type { Collection, MemberPlace, Place, ScalarPlace } from '../edit/place.ts';
import { isSafe, scalarText } from '../edit/scalar-text.ts';
import { belowKey, inList, inOrder, isQuoted, type SchemaPath } from './key-order.ts';

/** Whether a value stands on one line, where it may stay. */
export const isInline = (place: Place, { text }: Layout): boolean =>
  place.type === 'alias' ||
  place.type === 'missing' ||
  (place.type === 'scalar'
    ? place.header === '' && !place.source.includes('\n')
    : place.form !== 'block' && !text.slice(place.start, place.end).includes('\n'));

/** A value on one line, without its anchor and tag. */
export function inlineText(place: Place, path: SchemaPath, layout: Layout, inFlow: boolean): string {
  if (place.type === 'missing') return '';
  if (place.type === 'alias') return `*${place.name}`;
  if (place.type === 'scalar') return quoted(place, path, inFlow);
  return bracketsText(place, path, layout);
}

/** What is text keeps its quotes or gets those that it needs; anything else stays as it is written. */
function quoted({ source, style, value }: ScalarPlace, path: SchemaPath, inFlow: boolean): string {
  if (typeof value !== 'string' || style === 'double') return source;
  if (style === 'single') return /["\\]/.test(value) ? source : scalarText(value, 'double', { inFlow });
  return isSafe(value, inFlow) && !isQuoted(path) ? source : scalarText(value, 'double', { inFlow });
}

function bracketsText(place: Collection, path: SchemaPath, layout: Layout): string {
  if (place.type === 'sequence') {
    const items = place.items.map(({ value }) => withProps(value, itemText(value, inList(path), layout)));
    return `[${items.join(', ')}]`;
  }
  const members = inOrder(place, path, layout.used).map((member) => memberText(member, path, layout));
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** A single pair in a list has no brackets of its own. */
const itemText = (value: Place, path: SchemaPath, layout: Layout): string =>
  value.type === 'mapping' && value.form === 'none'
    ? value.members.map((member) => memberText(member, path, layout)).join(', ')
    : inlineText(value, path, layout, true);

function memberText(member: MemberPlace, path: SchemaPath, layout: Layout): string {
  const { value } = member;
  const key = keyIn(member);
  if (value.type === 'missing' && !value.colon) return key;
  const text = withProps(value, inlineText(value, belowKey(path, member.name), layout, true));
  return text === '' ? `${key}:` : `${key}: ${text}`;
}

/** The key of a member, with the quotes that it has or needs. */
export function keyIn({ key, name }: MemberPlace): string {
  const { source, value } = key;
  const isPlain = source === value && (name === '<<' || isSafe(value, true));
  const isDouble = source.startsWith('"') && !source.includes('\n');
  const text = isPlain || isDouble ? source : scalarText(value, 'double', { inFlow: true });
  return key.props === '' ? text : `${key.props} ${text}`;
}

/** A value's text behind its anchor and tag. */
export const withProps = ({ props }: Place, text: string): string =>
  [props, text].filter((each) => each !== '').join(' ');
