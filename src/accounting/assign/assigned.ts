import { comparableText } from '../../model/glob.ts';
import type { LiveLine, LiveProduct } from '../../model/live.ts';
import type { Address } from '../../model/value.ts';
import { isGap } from '../../plan/diff-assignment.ts';
import { count, type Evidence, evidenceIn, type Tally } from './evidence.ts';
import type { AssignFacts } from './gaps.ts';
import type { Group } from './groups.ts';

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

interface Wanted {
  readonly key: string;
  readonly weight: number;
  readonly what: { readonly one: string; readonly many: string };
}

const things = (noun: string, rest: string): Wanted['what'] => ({
  one: `${noun}${rest}`,
  many: `${noun}s${rest}`,
});

/** The sorts of things that a group is asked about. */
function wanted(group: Group): readonly Wanted[] {
  if (group.type === 'setting')
    return group.optional
      ? [{ key: keyOf('any product'), weight: weights.anyProduct, what: things('product', '') }]
      : [];
  const { name, productType, vendor } = group;
  if (group.type === 'product')
    return [
      ...(name
        ? [
            {
              key: keyOf('product', name),
              weight: weights.productName,
              what: things('product', ` called ${quoted(name)}`),
            },
          ]
        : []),
      ...(productType
        ? [
            {
              key: keyOf('type', productType),
              weight: weights.productType,
              what: things('product', ` of the type ${productType}`),
            },
          ]
        : []),
    ];
  return [
    ...(vendor && name
      ? [
          {
            key: keyOf('both', vendor, name),
            weight: weights.nameAndVendor,
            what: things('line', ` ${quoted(name)} of ${vendor}`),
          },
        ]
      : []),
    ...(vendor
      ? [{ key: keyOf('vendor', vendor), weight: weights.vendor, what: things('line', ` of ${vendor}`) }]
      : []),
    ...(name
      ? [
          {
            key: keyOf('line', name),
            weight: weights.lineName,
            what: things('line', ` ${quoted(name)} of any vendor`),
          },
        ]
      : []),
  ];
}

const quoted = (text: string): string => `“${text}”`;
