import { insertVariables } from '../variables.ts';
import { commentsIn } from './comments.ts';
import { isList, isMapping, Refused, type Written } from './edits.ts';
import type { Layout } from './layout.ts';
import { type Place, within } from './place.ts';

/** Refuses what must not be changed here: it stands for something else, or something else stands for it. */
export function guard(place: Place, { used }: Layout): void {
  if (place.type === 'alias') throw new Refused('alias');
  if (place.tag !== null) throw new Refused('tag');
  if (place.anchor !== null && used.has(place.anchor)) throw new Refused('anchor');
}

/** Refuses to let go of a value that others use. */
export function guardRemoval(place: Place, { used }: Layout): void {
  for (const { anchor } of within(place))
    if (anchor !== null && used.has(anchor)) throw new Refused('anchor');
}

/** Refuses to write over variables: nobody could tell them from their value any more. */
export function guardVariables(place: Place): void {
  for (const each of within(place))
    if (each.type === 'scalar' && typeof each.value === 'string' && hasVariable(each.value))
      throw new Refused('variable');
}

/** Whether a text holds more than literal `$${`. */
function hasVariable(text: string): boolean {
  const { faults } = insertVariables(text, {});
  return faults.length > 0 || insertVariables(text, {}).text !== text.replaceAll(`$\${`, `\${`);
}

const comments = new WeakMap<Layout, readonly number[]>();

/** Refuses to write over comments. */
export function guardComments(layout: Layout, start: number, end: number): void {
  const known = comments.get(layout) ?? commentsIn(layout.text);
  comments.set(layout, known);
  if (known.some((at) => at >= start && at < end)) throw new Refused('comment');
}

/** Whether a place says a value already, anchors and writing aside. */
export function says(place: Place, value: Written): boolean {
  if (place.type === 'missing') return value === null;
  if (place.type === 'scalar') return !isMapping(value) && !isList(value) && Object.is(place.value, value);
  if (place.type === 'sequence')
    return (
      isList(value) &&
      value.length === place.items.length &&
      place.items.every((item, index) => says(item.value, value[index] ?? null))
    );
  return (
    place.type === 'mapping' &&
    isMapping(value) &&
    Object.keys(value).length === place.members.length &&
    place.members.every(
      (member) => Object.hasOwn(value, member.name) && says(member.value, value[member.name] ?? null),
    )
  );
}
