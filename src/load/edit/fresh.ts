import { literal } from './block-scalar.ts';
import { isList, isMapping, type Written } from './edits.ts';
import { keyText, scalarText, valueText } from './scalar-text.ts';

/** What is to be written where nothing is: a value, or what leads to values. */
export type Fresh =
  | { readonly value: Written; readonly remark?: string }
  | { readonly members: readonly (readonly [string, Fresh])[] }
  | { readonly items: readonly Written[] };

/** How far each level of a block stands in, as text. */
export type Step = string;

/** A value on one line, as it can stand between brackets. */
export function flowText(value: Written, inFlow = true): string {
  if (typeof value === 'string') return scalarText(value, 'plain', { inFlow });
  if (isList(value)) return `[${value.map((each) => flowText(each)).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  const members = Object.entries(value).map(([key, each]) => `${keyText(key)}: ${valueFlow(key, each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const valueFlow = (key: string, value: Written): string =>
  typeof value === 'string' ? valueText(key, value, { inFlow: true }) : flowText(value);

/** What is fresh on one line, as it can stand between brackets. */
export function freshFlow(fresh: Fresh, key = ''): string {
  if ('value' in fresh) return valueFlow(key, fresh.value);
  if ('items' in fresh) return flowText(fresh.items);
  return `{ ${fresh.members.map(([key, each]) => `${keyText(key)}: ${freshFlow(each, key)}`).join(', ')} }`;
}

/** A member of a block mapping, as lines. A mapping of one key, such as a look-up, stays on its line. */
export function memberLines(key: string, fresh: Fresh, indent: string, step: Step): readonly string[] {
  const { first, more } = valueLines(fresh, indent, step, key);
  const remark = 'remark' in fresh ? remarkText(fresh.remark) : '';
  return [`${indent}${keyText(key)}:${first === '' ? '' : ` ${first}`}${remark}`, ...more];
}

/** A comment behind what stands on a line, whatever the text; empty for one of which nothing can be seen. */
function remarkText(text: string): string {
  const seen = text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]+/gu, ' ').trim();
  // Who prints the file in a pipeline gives no order.
  const visible = seen.replace(/##(?=\w*\[)/g, '## ');
  return visible === '' ? '' : ` # ${visible}`;
}

/** An item of a block sequence, as lines; `dash` is the dash with the spaces behind it. */
export function itemLines(value: Written, indent: string, dash: string, step: Step): readonly string[] {
  if (!isMapping(value) || hasOneKey(value)) {
    const { first, more } = valueLines({ value }, indent, step);
    return [`${indent}${dash}${first}`, ...more];
  }
  const inner = indent + ' '.repeat(dash.length);
  const [first = '', ...more] = membersOf(value).flatMap(([key, each]) =>
    memberLines(key, each, inner, step),
  );
  return [`${indent}${dash}${first.slice(inner.length)}`, ...more];
}

/** A value behind `key:`: what stands on its line, and the lines that follow. */
export function valueLines(
  fresh: Fresh,
  indent: string,
  step: Step,
  key = '',
): { readonly first: string; readonly more: readonly string[] } {
  const inner = indent + step;
  if ('items' in fresh)
    return { first: '', more: fresh.items.flatMap((item) => itemLines(item, inner, '- ', step)) };
  const value = 'value' in fresh ? fresh.value : null;
  if ('members' in fresh || (isMapping(value) && !hasOneKey(value))) {
    const members = 'members' in fresh ? fresh.members : isMapping(value) ? membersOf(value) : [];
    return { first: '', more: members.flatMap(([key, each]) => memberLines(key, each, inner, step)) };
  }
  const block = typeof value === 'string' && value.includes('\n') ? literal(value, inner) : null;
  if (block) return { first: block.header, more: block.lines };
  const isText = typeof value === 'string';
  return { first: isText ? valueText(key, value, { inFlow: false }) : flowText(value, false), more: [] };
}

const hasOneKey = (value: { readonly [key: string]: Written }): boolean => Object.keys(value).length < 2;

/** Whether what is fresh is written on one line. */
export const isShort = (fresh: Fresh): boolean =>
  'value' in fresh &&
  fresh.remark === undefined &&
  !(isMapping(fresh.value) && !hasOneKey(fresh.value)) &&
  !(typeof fresh.value === 'string' && fresh.value.includes('\n'));

const membersOf = (value: { readonly [key: string]: Written }): readonly (readonly [string, Fresh])[] =>
  Object.entries(value).map(([key, each]) => [key, { value: each }]);
