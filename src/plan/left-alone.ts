import type { Assignments } from '../model/assignment.ts';
import type { Desired } from '../model/desired.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import { canonicalJson } from './canonical-json.ts';
import { countText, listText } from './words.ts';

/** What the base stated and the file no longer does, and what therefore stays as it is: sections, settings, assignments. */
export function leftAlone(desired: Desired, base: Desired | null): readonly Problem[] {
  if (!base) return [];
  const stated = new Set(desired.settings.map(({ address }) => address));
  const settings = base.settings.filter(({ address }) => !stated.has(address));
  return [
    ...sectionsLeft(desired, base),
    ...settings.map(({ address }) => settingLeft(address)),
    ...itemsLeft('products', desired.assignments.products, base.assignments.products),
    ...itemsLeft('line_items', desired.assignments.lineItems, base.assignments.lineItems),
  ];
}

/** Only a section says that there shall be nothing else: without one, `prune` has no say. */
function sectionsLeft({ declared, policy }: Desired, base: Desired): readonly Problem[] {
  if (policy.prune === 'never') return [];
  const left = [...base.declared].filter(
    (collection) =>
      !declared.has(collection) && base.entries.some((entry) => entry.collection === collection),
  );
  return left.map((collection) => {
    const count = base.entries.filter((entry) => entry.collection === collection).length;
    const message = `The section \`${collection}\` has left the file with ${countText(count, { one: 'key', many: 'keys' })}: \`prune\` does not touch kinds without a section, so what they declared stays.`;
    const hint = `To have it deleted: \`${collection}: {}\`.`;
    return warningProblem('SECTION_LEFT_ALONE', message, { hint });
  });
}

function settingLeft(address: string): Problem {
  const message = `${address} has left the file: what is set stays as it is.`;
  const hint = `To clear it, state it as \`null\`; then it may leave.`;
  return warningProblem('SETTING_LEFT_ALONE', message, { address, hint });
}

type Item = Assignments['products'][number] | Assignments['lineItems'][number];

/** Items that were named in a message. */
const most = 5;

function itemsLeft(list: string, items: readonly Item[], former: readonly Item[]): readonly Problem[] {
  const still = new Set(items.map(wordsOf));
  const left = former.filter((item) => !still.has(wordsOf(item)));
  if (left.length === 0) return [];
  const which = listText(left.map(nameOf), most);
  const count = countText(left.length, { one: 'item', many: 'items' });
  const message = `${count} of assignments.${list} left the file or changed: ${which}. What they assigned and nothing else assigns stays as it is.`;
  const hint = 'To empty it, state `null` for what it was assigned to; then the item may leave.';
  return [warningProblem('ASSIGNMENT_LEFT_ALONE', message, { hint })];
}

/** What an item is about, whatever it assigns: a rule with a name is the same one while the name stays. */
function wordsOf(item: Item): string {
  if (item.type === 'rule' && item.name !== null) return `rule ${item.name}`;
  let text = '';
  const about = 'when' in item ? { when: item.when } : selectorOf(item);
  canonicalJson(about, (piece) => {
    text += piece;
  });
  return text;
}

const selectorOf = (item: Exclude<Item, { readonly type: 'rule' }>): object =>
  'product' in item ? { product: item.product } : { payable: item.payable, line: item.line_item };

function nameOf(item: Item): string {
  if (item.type === 'rule') return item.name === null ? 'a rule without a name' : `rule ${item.name}`;
  return 'product' in item ? item.product.text : `${item.payable.text} / ${item.line_item.text}`;
}
