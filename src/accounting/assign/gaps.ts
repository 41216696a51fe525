import type { Assignments } from '../../model/assignment.ts';
import type { Desired } from '../../model/desired.ts';
import type { CollectionKind, Kinds, SettingSlot } from '../../model/kind.ts';
import { lineLabel, productLabel } from '../../model/labels.ts';
import type { Live, LiveLine, LiveProduct } from '../../model/live.ts';
import { type Address, lineAddress, productAddress } from '../../model/value.ts';
import { lineContest, productContest } from '../../plan/assign.ts';
import { type CollectionPart, compareCollection } from '../../plan/collection-part.ts';
import { isGap } from '../../plan/diff-assignment.ts';
import { findWinners } from '../../plan/winners.ts';
import { accountKind } from '../needed-kinds.ts';
import { type Account, chartOf } from './chart.ts';

/** What lacks an account can be one of these. */
export type GapType = 'setting' | 'product' | 'line_item';

export type ProductItem = Assignments['products'][number];
export type LineItem = Assignments['lineItems'][number];

interface Lacking {
  readonly address: Address;
  readonly label: string;
}

/** A product or a line without an account; `item`: what of the file has the say over it, and says nothing of its account. */
export type Gap = Lacking &
  (
    | { readonly type: 'product'; readonly product: LiveProduct; readonly item: ProductItem | null }
    | { readonly type: 'line_item'; readonly line: LiveLine; readonly item: LineItem | null }
  );

/** What assigning is decided by. */
export interface AssignFacts {
  readonly desired: Desired;
  readonly live: Live;
  readonly kinds: Kinds;
  /** The kind that products and lines cannot be pushed without. */
  readonly kind: CollectionKind;
  readonly part: CollectionPart;
  /** The accounts that may be used. */
  readonly chart: readonly Account[];
  /** The organization's own file: what is inherited cannot be changed in it. */
  readonly own: string;
}

/** How many of each type. */
export type Counts = Readonly<Record<GapType, number>>;

/** What lacks an account, and what of that the file has an answer for already. */
export interface Gaps {
  readonly settings: readonly SettingSlot[];
  readonly objects: readonly Gap[];
  /** Of all products and lines without an account the addresses. */
  readonly lacking: ReadonlySet<Address>;
  /** Gaps that the next apply fills: they are left out. */
  readonly covered: Counts;
  /** Gaps that the file wants (`null`), or that an inherited entry has the say over: nothing can be added here. */
  readonly closed: Counts;
}

/** The facts, of what was read. */
export function assignFacts(desired: Desired, live: Live, kinds: Kinds, own: string): AssignFacts {
  const kind = accountKind(kinds);
  const part = compareCollection(kind, desired, live);
  return { desired, live, kinds, kind, part, chart: chartOf(part), own };
}

/** Everything that was read and lacks an account. */
export function findGaps(facts: AssignFacts): Gaps {
  const found = [...settingGaps(facts), ...productGaps(facts), ...lineGaps(facts)];
  const counts = (verdict: Verdict): Counts => {
    const of = (type: GapType): number =>
      found.filter((each) => each.type === type && each.verdict === verdict).length;
    return { setting: of('setting'), product: of('product'), line_item: of('line_item') };
  };
  const left = found.filter(({ verdict }) => verdict === 'open');
  const objects = left.flatMap(({ gap }) => gap ?? []);
  const open = left.flatMap(({ slot }) => slot ?? []);
  const hasProducts = facts.live.products === undefined || objects.some(({ type }) => type === 'product');
  return {
    objects,
    lacking: new Set(found.flatMap(({ gap }) => gap?.address ?? [])),
    // One account for all products is worth an offer only where some have none.
    settings: open.filter((slot) => hasProducts || !isFallback(slot)),
    covered: counts('covered'),
    closed: counts('closed'),
  };
}

/** Whether a setting is what products without an account of their own fall back on. */
export const isFallback = ({ wire }: SettingSlot): boolean => wire[1] === 'products';

type Verdict = 'open' | 'covered' | 'closed';

interface Judged {
  readonly type: GapType;
  readonly verdict: Verdict;
  readonly gap?: Gap;
  readonly slot?: SettingSlot;
}

function settingGaps({ desired, kind, kinds, live, part }: AssignFacts): readonly Judged[] {
  const { settings } = live;
  if (!settings) return [];
  return kinds.settings.flatMap((slot): readonly Judged[] => {
    if (slot.collection !== kind.collection || !isGap(part, settings[slot.address] ?? null)) return [];
    const stated = desired.settings.find(({ address }) => address === slot.address);
    const verdict = !stated ? 'open' : stated.reference ? 'covered' : 'closed';
    return [{ type: 'setting', verdict, slot }];
  });
}

function productGaps(facts: AssignFacts): readonly Judged[] {
  const { desired, kind, live, part } = facts;
  const items = desired.assignments.products;
  if (!live.products) return [];
  const { winners } = findWinners(productContest(items, live));
  return live.products.flatMap((product): readonly Judged[] => {
    if (!isGap(part, kind.usedIn.product && product[kind.usedIn.product])) return [];
    const item = items[winners.get(product) ?? -1] ?? null;
    const address = productAddress(product.id);
    const gap: Gap = { type: 'product', address, label: productLabel(product), product, item };
    return [{ type: 'product', verdict: verdictOf(item, facts), gap }];
  });
}

function lineGaps(facts: AssignFacts): readonly Judged[] {
  const { desired, kind, live, part } = facts;
  const items = desired.assignments.lineItems;
  if (!live.lines) return [];
  const { winners } = findWinners(lineContest(items, live));
  return live.lines.flatMap((each): readonly Judged[] => {
    const { line, payable } = each;
    if (!isGap(part, kind.usedIn.line && line[kind.usedIn.line])) return [];
    const item = items[winners.get(each) ?? -1] ?? null;
    const address = lineAddress(payable.id, line.id);
    const gap: Gap = { type: 'line_item', address, label: lineLabel(payable, line), line: each, item };
    return [{ type: 'line_item', verdict: verdictOf(item, facts), gap }];
  });
}

/** What an item that has the say over a gap makes of it. */
function verdictOf(item: ProductItem | LineItem | null, { kind, own }: AssignFacts): Verdict {
  if (!item) return 'open';
  if (Object.hasOwn(item.targets, kind.name)) return item.targets[kind.name] ? 'covered' : 'closed';
  return item.type === 'specific' && item.origin.file !== own ? 'closed' : 'open';
}
