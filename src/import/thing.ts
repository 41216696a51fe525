import type { Written } from '../load/edit/edits.ts';
import { escapeVariables } from '../load/variables.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import { lineLabel, productLabel } from '../model/labels.ts';
import type { Live, LiveLine, LiveProduct } from '../model/live.ts';
import { type Address, lineAddress, productAddress } from '../model/value.ts';
import { comparePoints } from '../plan/compare-points.ts';
import { selectorText } from '../plan/match.ts';
import { groupBy } from '../plan/select.ts';
import { isReference } from './sayable.ts';

/** A product, or a line of an open payable, with what it points to. */
export type Thing = {
  readonly address: Address;
  readonly label: string;
  /** What it points to, by kind; null is nothing. */
  readonly targets: ReadonlyMap<CollectionKind, string | null>;
  /** The members of an item that name it, and what a reader cannot see from them. */
  readonly naming: () => Naming;
} & (
  | { readonly list: 'products'; readonly object: LiveProduct }
  | { readonly list: 'line_items'; readonly object: LiveLine }
);

/** How an item of a list names a thing. */
export interface Naming {
  readonly selector: Readonly<Record<string, Written>>;
  /** Null where the selector says it all. */
  readonly remark: string | null;
}

/** Every product that was read, in an order that does not depend on that of reading. */
export function productThings({ products = [] }: Live, { collections }: Kinds): readonly Thing[] {
  const kinds = collections.filter(({ usedIn }) => usedIn.product !== null);
  const byReference = counting(products, (each) => each.external_reference);
  const byName = counting(products, ({ name }) => name);
  return products
    .map((product): Thing => {
      const { external_reference, id, name } = product;
      const label = productLabel(product);
      const ways: readonly Way[] = [
        ['external_reference', external_reference, byReference],
        ['name', name, byName],
      ];
      return {
        list: 'products',
        object: product,
        address: productAddress(id),
        label,
        targets: new Map(kinds.map((kind) => [kind, kind.usedIn.product && product[kind.usedIn.product]])),
        naming: () => {
          const found = named(ways);
          const remark = found?.by === 'name' ? null : found ? name : label;
          return { selector: { product: found?.written ?? { id } }, remark };
        },
      };
    })
    .sort(inOrder);
}

/** Every line that was read, in an order that does not depend on that of reading. */
export function lineThings({ lines = [], payables }: Live, { collections }: Kinds): readonly Thing[] {
  const kinds = collections.filter(({ usedIn }) => usedIn.line !== null);
  const all = payables ? [...payables.read, ...(payables.others ?? [])] : [];
  const byDocument = counting(all, ({ document_id }) => document_id);
  const linesOf = groupBy(lines, ({ payable }) => payable.id);
  return lines
    .map((each): Thing => {
      const { line, payable } = each;
      const label = lineLabel(payable, line);
      const naming = (): Naming => {
        const siblings = (linesOf.get(payable.id) ?? []).map((other) => other.line);
        const ways: readonly Way[] = [
          ['name', line.name, counting(siblings, ({ name }) => name)],
          ['description', line.description, counting(siblings, ({ description }) => description)],
        ];
        const document = named([['document_id', payable.document_id, byDocument]]);
        const found = named(ways);
        return {
          selector: {
            payable: document?.written ?? { id: payable.id },
            line_item: found?.written ?? { id: line.id },
          },
          remark: document && found ? payable.counterpart_name : label,
        };
      };
      return {
        list: 'line_items',
        object: each,
        address: lineAddress(payable.id, line.id),
        label,
        targets: new Map(kinds.map((kind) => [kind, kind.usedIn.line && line[kind.usedIn.line]])),
        naming,
      };
    })
    .sort(inOrder);
}

const inOrder = (a: Thing, b: Thing): number =>
  comparePoints(a.label, b.label) || comparePoints(a.address, b.address);

type Counts = (text: string) => number;

/** A field by which a thing may be named, its text, and how many have the same. */
type Way = readonly [field: string, text: string | null, count: Counts];

function counting<T>(objects: readonly T[], textOf: (object: T) => string | null): Counts {
  const groups = groupBy(objects, (object) => selectorText('name', textOf(object)));
  return (text) => groups.get(selectorText('name', text) ?? '')?.length ?? 0;
}

/** The first text that no other has, and how it is written; null where there is none. */
function named(ways: readonly Way[]): { readonly by: string; readonly written: Written } | null {
  for (const [field, text, count] of ways)
    if (isReference(text) && count(text) === 1)
      return { by: field, written: { [field]: escapeVariables(text) } };
  return null;
}
