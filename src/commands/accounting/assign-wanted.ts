import type { AssignFacts, Gap } from '../../accounting/assign/gaps.ts';
import { namingLines, namingProducts, type Selector } from '../../accounting/assign/selectors.ts';
import type { Choice } from '../../accounting/assign/session.ts';
import type { Assigning } from '../../load/assign/assign.ts';
import { isForbidden } from '../../load/scalar-value.ts';
import type { LineRule, ProductRule, Targets } from '../../model/assignment.ts';
import type { Reference } from '../../model/desired.ts';

/** Whether a file can hold a text. */
export const isWritable = (text: string): boolean => !isForbidden(text) && !/[\t\n]/.test(text);

/** What is to be written into the file for the choices. `isOnly`: no other payable has this number. */
export function wantedBy(
  choices: readonly Choice[],
  facts: AssignFacts,
  isOnly: (documentId: string) => boolean,
): readonly Assigning[] {
  const naming = {
    product: namingProducts(facts.live.products ?? [], isWritable),
    line_item: namingLines(facts.live.lines ?? [], isOnly, isWritable),
  };
  const selectorOf = (gap: Gap): Selector =>
    gap.type === 'product' ? naming.product(gap.product) : naming.line_item(gap.line);
  const names = new Set(
    [...facts.desired.assignments.products, ...facts.desired.assignments.lineItems].flatMap((item) =>
      item.type === 'rule' ? [item.name] : [],
    ),
  );
  return choices.flatMap(({ account: { address: account }, group, way }): readonly Assigning[] => {
    if (group.type === 'setting') return [{ type: 'setting', account, address: group.slot.address }];
    const list = group.type === 'product' ? 'products' : 'line_items';
    if (way.type === 'rule') {
      const [{ item }] = group.gaps;
      const name = freeName(way.name, names);
      const besides = item ? besidesOf(item.targets, facts) : {};
      return [{ type: 'rule', account, list, at: item, besides, name, when: { ...way.when } }];
    }
    return group.gaps.map((gap) => {
      const besides = gap.item?.type === 'rule' ? besidesHere(gap, gap.item, facts) : {};
      return { type: 'entry', account, list, at: gap.item, besides, selector: selectorOf(gap) };
    });
  });
}

/** The numbers of payables by which lines would be named: whether each is the only one must be known. */
export function numbersOf(choices: readonly Choice[]): readonly string[] {
  const numbers = choices.flatMap(({ group, way }) =>
    group.type === 'line_item' && way.type === 'entries'
      ? group.gaps.flatMap((gap) =>
          gap.type === 'line_item' && gap.item?.type !== 'specific'
            ? (gap.line.payable.document_id?.trim() ?? [])
            : [],
        )
      : [],
  );
  return [...new Set(numbers)].filter((number) => number !== '').sort();
}

/** What a rule assigns besides the account. */
function besidesOf(targets: Targets, { kind }: AssignFacts): Targets {
  return Object.fromEntries(Object.entries(targets).filter(([name]) => name !== kind.name));
}

/** The same for one line: an entry enforces what it says, a rule may only fill what is empty. */
function besidesHere(gap: Gap, item: ProductRule | LineRule, facts: AssignFacts): Targets {
  const stated = Object.entries(besidesOf(item.targets, facts));
  return Object.fromEntries(
    stated.filter(
      (each): each is [string, Reference] =>
        each[1] !== null && (item.overwrite || isEmpty(gap, each[0], facts)),
    ),
  );
}

function isEmpty(gap: Gap, name: string, { kinds }: AssignFacts): boolean {
  const field = kinds.collections.find((kind) => kind.name === name)?.usedIn.line;
  return gap.type === 'line_item' && field != null && gap.line.line[field] === null;
}

function freeName(wanted: string, names: Set<string | null>): string {
  for (let at = 1; ; at += 1) {
    const end = at === 1 ? '' : ` ${at}`;
    const name = `${wanted.slice(0, 100 - end.length).trimEnd()}${end}`;
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
}
