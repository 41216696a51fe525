import type { ObjectGroup } from './groups.ts';

/** The conditions of a rule as a file states them: those of products at the top, those of lines below. A text may have a `*`. */
export interface Conditions {
  readonly type?: string;
  readonly name?: string;
  readonly payable?: { readonly counterpart_name?: string };
  readonly line_item?: { readonly name?: string; readonly description?: string };
}

/** A rule that would match a group. */
export interface RuleIdea {
  /** A name for it. */
  readonly name: string;
  readonly when: Conditions;
}

/** As many characters as a rule's name, and a text of a condition, may have in a file. */
const longest = { name: 100, text: 500 };

/** Rules that match a group, the narrowest first. A text that no file can hold is no condition. */
export function ruleIdeas(group: ObjectGroup, isWritable: (text: string) => boolean): readonly RuleIdea[] {
  const usable = (text: string | null): string | null =>
    text !== null && text.length <= longest.text && isWritable(text) ? text : null;
  const [name, vendor] = [usable(group.name), usable(group.vendor)];
  // A text that is there and cannot be written would silently widen the rule.
  if ((group.name !== null && name === null) || (group.vendor !== null && vendor === null)) return [];
  return group.type === 'product' ? ofProducts(name, group.productType) : ofLines(name, vendor, group.named);
}

function ofProducts(name: string | null, type: string | null): readonly RuleIdea[] {
  const typed = type === 'product' || type === 'service' ? { type } : {};
  const [first = ''] = (name ?? '').split(/\s+/);
  const begins = first.length >= 4 && !first.includes('*') && first !== name ? `${first}*` : null;
  return [
    ...(name === null ? [] : [{ name: called(name), when: { ...typed, name } }]),
    ...(begins === null ? [] : [{ name: called(begins), when: { ...typed, name: begins } }]),
    ...('type' in typed ? [{ name: called(`every ${typed.type}`), when: typed }] : []),
  ];
}

function ofLines(
  name: string | null,
  vendor: string | null,
  named: ObjectGroup['named'],
): readonly RuleIdea[] {
  const line_item = name === null ? {} : { line_item: { [named]: name } };
  const payable = vendor === null ? {} : { payable: { counterpart_name: vendor } };
  return [
    ...(name !== null && vendor !== null
      ? [{ name: called(`${name}, ${vendor}`), when: { ...payable, ...line_item } }]
      : []),
    ...(vendor === null ? [] : [{ name: called(vendor), when: payable }]),
    ...(name === null ? [] : [{ name: called(name), when: line_item }]),
  ];
}

/** Half a sign at the end would be none. */
const called = (text: string): string =>
  [...text.replace(/\s+/g, ' ').trim()].slice(0, longest.name).join('').slice(0, longest.name).trim();
