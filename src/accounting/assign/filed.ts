import type { LineConditions, ProductConditions } from '../../model/assignment.ts';
import { comparableText, compileGlob, type Glob, globMatches } from '../../model/glob.ts';
import type { Address } from '../../model/value.ts';
import { resolveReference } from '../../plan/resolve-reference.ts';
import type { Evidence } from './evidence.ts';
import type { AssignFacts, LineItem, ProductItem } from './gaps.ts';
import type { Group, ObjectGroup } from './groups.ts';

/** An item of the file that assigns an account, and the texts of what it means, prepared. */
interface Filed {
  readonly account: Address;
  readonly say: string;
  readonly name: readonly Glob[];
  /** Of lines the vendor, of products the type. */
  readonly beside: readonly Glob[];
}

/** Prepares what the rules and entries of the file say: those that mean such a name, vendor or type, though not these very objects. */
export function filedEvidence(facts: AssignFacts): (group: Group) => readonly Evidence[] {
  const usable = new Map(facts.chart.map(({ address, label }) => [address, label]));
  const { lineItems, products } = facts.desired.assignments;
  const filed = {
    product: products.flatMap((item) => filedOf(item, ofProduct(item), facts, usable)),
    line_item: lineItems.flatMap((item) => filedOf(item, ofLine(item), facts, usable)),
  };
  return (group) => {
    if (group.type === 'setting') return [];
    const texts: Asked = {
      type: group.type,
      name: group.name === null ? null : comparableText(group.name),
      beside: besideOf(group),
    };
    return filed[group.type].flatMap((each) => evidenceOf(each, texts, usable));
  };
}

/** What of a group is looked for, as rules compare texts. */
interface Asked {
  readonly type: ObjectGroup['type'];
  readonly name: string | null;
  readonly beside: string | null;
}

function besideOf({ productType, type, vendor }: ObjectGroup): string | null {
  const text = type === 'product' ? productType : vendor;
  return text === null ? null : comparableText(text);
}

function evidenceOf(filed: Filed, asked: Asked, labels: ReadonlyMap<Address, string>): readonly Evidence[] {
  const names = meets(filed.name, asked.name);
  const besides = meets(filed.beside, asked.beside);
  if (!names && !besides) return [];
  const isProduct = asked.type === 'product';
  const score = names && besides ? 0.85 : names ? 0.7 : isProduct ? 0.3 : 0.65;
  const noun = isProduct ? 'type' : 'vendor';
  const what = names && besides ? `this name and ${noun}` : names ? 'this name' : `this ${noun}`;
  const why = `${filed.say} puts ${what} on ${labels.get(filed.account)}`;
  return [{ account: filed.account, by: 'file', score, why }];
}

const meets = (globs: readonly Glob[], text: string | null): boolean =>
  text !== null && globs.some((glob) => globMatches(glob, text));

type Texts = {
  readonly name?: readonly string[] | undefined;
  readonly beside?: readonly string[] | undefined;
};

function ofProduct(item: ProductItem): Texts {
  if (item.type === 'specific') return item.product.by === 'name' ? { name: [item.product.text] } : {};
  const { name, type }: ProductConditions = item.when;
  return { name, beside: type };
}

function ofLine(item: LineItem): Texts {
  if (item.type === 'rule') {
    const { line_item, payable }: LineConditions = item.when;
    return { name: line_item.name ?? line_item.description, beside: payable.counterpart_name };
  }
  const { line_item, payable } = item;
  return {
    ...(line_item.by === 'id' ? {} : { name: [line_item.text] }),
    ...(payable.by === 'counterpart_name' ? { beside: [payable.text] } : {}),
  };
}

function filedOf(
  item: ProductItem | LineItem,
  { beside = [], name = [] }: Texts,
  { kind, part }: AssignFacts,
  usable: ReadonlyMap<Address, string>,
): readonly Filed[] {
  const reference = item.targets[kind.name];
  if (!reference) return [];
  const { after } = resolveReference(reference, part, { origin: item.origin, address: null });
  if (after === null || !usable.has(after)) return [];
  // In an entry `*` is a letter like others; prepared as a pattern it only means a little more.
  const say = item.type === 'rule' ? `the rule ${item.name ?? at(item)}` : `the entry ${at(item)}`;
  return [{ account: after, say, name: name.map(compileGlob), beside: beside.map(compileGlob) }];
}

const at = ({ origin }: ProductItem | LineItem): string => `${origin.file}:${origin.line}`;
