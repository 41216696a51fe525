import { comparableText } from '../../model/glob.ts';
import type { SettingSlot } from '../../model/kind.ts';
import { comparePoints } from '../../plan/compare-points.ts';
import { type Gap, type Gaps, isFallback } from './gaps.ts';

/** Money in minor units. */
export interface Amount {
  readonly currency: string | null;
  readonly amount: number;
}

/** Gaps that are one question. */
export type Group =
  | {
      readonly type: 'setting';
      readonly key: string;
      readonly slot: SettingSlot;
      /** Nobody needs it: with it products without an account can be pushed all the same. */
      readonly optional: boolean;
    }
  | ObjectGroup;

/** Products with one name and type, or lines with one vendor and name, by their labels. */
export interface ObjectGroup {
  readonly type: 'product' | 'line_item';
  readonly key: string;
  /** Of a line without a name its description; null where there is neither. */
  readonly name: string | null;
  /** Where the name is taken from. */
  readonly named: 'name' | 'description';
  /** Of lines: whose payables they stand in. */
  readonly vendor: string | null;
  /** Of products: `service`, `product`. */
  readonly productType: string | null;
  readonly gaps: readonly [Gap, ...Gap[]];
  /** What the lines come to; prices of products are no sum. */
  readonly amounts: readonly Amount[];
}

/** The questions: settings first, then the largest groups. The same gaps give the same groups in whatever order they were read. */
export function groupsOf({ objects, settings }: Pick<Gaps, 'objects' | 'settings'>): readonly Group[] {
  const groups = new Map<string, [Gap, ...Gap[]]>();
  for (const gap of objects) {
    const key = keyOf(gap);
    const others = groups.get(key);
    if (others) others.push(gap);
    else groups.set(key, [gap]);
  }
  return [
    ...settings.map(
      (slot): Group => ({ type: 'setting', key: slot.address, slot, optional: isFallback(slot) }),
    ),
    ...[...groups].map(([key, gaps]) => groupOf(key, gaps)).sort(largestFirst),
  ];
}

/** What one item of the file has the say over stays apart from the rest: what is written for it is not the same. */
function keyOf(gap: Gap): string {
  const said = gap.item ? `${gap.item.origin.file}:${gap.item.origin.line}:${gap.item.origin.column}` : '';
  const parts = [
    gap.type,
    comparableText(vendorOf(gap)),
    comparableText(nameOf(gap)),
    typeOf(gap) ?? '',
    namedBy(gap),
    said,
  ];
  return JSON.stringify(parts);
}

const vendorOf = (gap: Gap): string | null =>
  gap.type === 'line_item' ? textOf(gap.line.payable.counterpart_name) : null;

const nameOf = (gap: Gap): string | null =>
  textOf(gap.type === 'product' ? gap.product.name : gap.line.line[namedBy(gap)]);

const namedBy = (gap: Gap): 'name' | 'description' =>
  gap.type === 'product' || textOf(gap.line.line.name) !== null ? 'name' : 'description';

const typeOf = (gap: Gap): string | null => (gap.type === 'product' ? gap.product.type : null);

const textOf = (text: string | null): string | null => text?.trim() || null;

function groupOf(key: string, unsorted: readonly [Gap, ...Gap[]]): ObjectGroup {
  const [first, ...rest] = [...unsorted].sort(
    (a, b) => comparePoints(a.label, b.label) || comparePoints(a.address, b.address),
  );
  const gaps: [Gap, ...Gap[]] = [first ?? unsorted[0], ...rest];
  const { type } = gaps[0];
  // Texts that differ by their case alone are one: the first in their order stands for all.
  const [name = null] = gaps.flatMap((gap) => nameOf(gap) ?? []).sort(comparePoints);
  const [vendor = null] = gaps.flatMap((gap) => vendorOf(gap) ?? []).sort(comparePoints);
  return {
    type,
    key,
    name,
    named: namedBy(gaps[0]),
    vendor,
    productType: typeOf(gaps[0]),
    gaps,
    amounts: amountsOf(gaps),
  };
}

/** What lines come to, by currency, the largest sum first. */
export function amountsOf(gaps: readonly Gap[]): readonly Amount[] {
  const sums = new Map<string | null, number>();
  for (const gap of gaps) {
    if (gap.type === 'product' || gap.line.line.amount === undefined) continue;
    const { currency } = gap.line.payable;
    sums.set(currency, (sums.get(currency) ?? 0) + gap.line.line.amount);
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort(
      (a, b) => Math.abs(b.amount) - Math.abs(a.amount) || comparePoints(a.currency ?? '', b.currency ?? ''),
    );
}

function largestFirst(a: ObjectGroup, b: ObjectGroup): number {
  return b.gaps.length - a.gaps.length || moneyIn(b) - moneyIn(a) || comparePoints(a.key, b.key);
}

const moneyIn = ({ amounts }: ObjectGroup): number => Math.abs(amounts[0]?.amount ?? 0);
