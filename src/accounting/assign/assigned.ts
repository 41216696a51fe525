import { comparableText } from '../../model/glob.ts';
import type { LiveLine, LiveProduct } from '../../model/live.ts';
import type { Address } from '../../model/value.ts';
import { isGap } from '../../plan/diff-assignment.ts';
import { count, type Evidence, evidenceIn, type Tally } from './evidence.ts';
import type { AssignFacts } from './gaps.ts';
import type { Group, ObjectGroup } from './groups.ts';

/** How much an account says that others of the same sort are on. */
const weights = {
  nameAndVendor: 0.98,
  productName: 0.95,
  vendor: 0.85,
  lineName: 0.8,
  productType: 0.5,
  anyProduct: 0.6,
};

/** Prepares what existing assignments say: where others with the same name, type or vendor are. */
export function assignedEvidence(facts: AssignFacts): (group: Group) => readonly Evidence[] {
  const { chart, kind, live, part } = facts;
  const labels = new Map(chart.map(({ address, label }) => [address, label]));
  const tallies = new Map<string, Tally>();
  const accountOf = (id: string | null): Address | null =>
    id === null || isGap(part, id) || !labels.has(part.addressOf(id)) ? null : part.addressOf(id);
  for (const product of live.products ?? []) {
    const account = accountOf(kind.usedIn.product && product[kind.usedIn.product]);
    if (account !== null) for (const key of productKeys(product)) count(tallies, key, account);
  }
  for (const each of live.lines ?? []) {
    const account = accountOf(kind.usedIn.line && each.line[kind.usedIn.line]);
    if (account !== null) for (const key of lineKeys(each)) count(tallies, key, account);
  }
  const labelOf = (account: Address): string => labels.get(account) ?? account;
  return (group) =>
    wanted(group).flatMap(({ key, weight, what }) => evidenceIn(tallies.get(key), weight, what, labelOf));
}

const keyOf = (...parts: readonly (string | null)[]): string =>
  JSON.stringify(parts.map((each) => each && comparableText(each)));

function productKeys({ name, type }: LiveProduct): readonly string[] {
  return [keyOf('any product'), keyOf('product', name), ...(type === null ? [] : [keyOf('type', type)])];
}

function lineKeys({ line, payable }: LiveLine): readonly string[] {
  const name = line.name?.trim() || line.description?.trim() || null;
  const vendor = payable.counterpart_name?.trim() || null;
  return [
    ...(vendor ? [keyOf('vendor', vendor)] : []),
    ...(name ? [keyOf('line', name)] : []),
    ...(vendor && name ? [keyOf('both', vendor, name)] : []),
  ];
}

/** A sort of things that a group is asked about, and how much they say. */
interface Wanted {
  readonly key: string;
  readonly weight: number;
  readonly what: { readonly one: string; readonly many: string };
}

function wanted(group: Group): readonly Wanted[] {
  if (group.type === 'setting')
    return group.optional ? [things(weights.anyProduct, ['any product'], 'product')] : [];
  return group.type === 'product' ? likeProduct(group) : likeLine(group);
}

function likeProduct({ name, productType: type }: ObjectGroup): readonly Wanted[] {
  return [
    ...(name ? [things(weights.productName, ['product', name], 'product', ` called ${quoted(name)}`)] : []),
    ...(type ? [things(weights.productType, ['type', type], 'product', ` of the type ${type}`)] : []),
  ];
}

function likeLine({ name, vendor }: ObjectGroup): readonly Wanted[] {
  return [
    ...(name && vendor
      ? [things(weights.nameAndVendor, ['both', vendor, name], 'line', ` ${quoted(name)} of ${vendor}`)]
      : []),
    ...(vendor ? [things(weights.vendor, ['vendor', vendor], 'line', ` of ${vendor}`)] : []),
    ...(name ? [things(weights.lineName, ['line', name], 'line', ` ${quoted(name)} of any vendor`)] : []),
  ];
}

const things = (weight: number, key: readonly string[], noun: string, rest = ''): Wanted => ({
  key: keyOf(...key),
  weight,
  what: { one: `${noun}${rest}`, many: `${noun}s${rest}` },
});

const quoted = (text: string): string => `“${text}”`;
