import type { Assignments, LineRule, PayableConditions, SpecificLine } from '../model/assignment.ts';
import { spanOf } from '../model/instant.ts';
import type { PayableFilter, ProductFilter } from '../model/list-filter.ts';
import type { LivePayable } from '../model/live.ts';
import { compilePayableRules, compilePayableSelectors } from '../plan/match.ts';

/** Lists of products that are needed. One without a filter is all there is; products in several lists count once. */
export interface ProductNeed {
  readonly lists: readonly ProductFilter[];
}

/** Lists of payables that are needed, and of which of these payables the lines. */
export interface LineNeed {
  readonly lists: readonly PayableFilter[];
  readonly wanted: (payable: LivePayable) => boolean;
}

/** Ids in one request: as many as one page has, so that asking by id never takes more requests than the whole list. */
const idsAtOnce = 100;

/** The products that the items ask for; null where there are no items. */
export function productNeed(items: Assignments['products']): ProductNeed | null {
  if (items.length === 0) return null;
  const selectors = items.flatMap((item) => (item.type === 'specific' ? [item.product] : []));
  const rules = items.flatMap((item) => (item.type === 'rule' ? [item.when] : []));
  if (rules.length === 0 && selectors.every(({ by }) => by === 'id'))
    return productsById(selectors.map(({ text }) => text));
  const types = new Set(rules.map(({ type }) => (type?.length === 1 ? type[0] : undefined)));
  const [type] = types;
  if (selectors.length === 0 && types.size === 1 && type !== undefined) return { lists: [{ type }] };
  const names = new Set(selectors.map(({ by, text }) => (by === 'name' ? text : undefined)));
  const [name] = names;
  if (rules.length === 0 && names.size === 1 && name !== undefined) return { lists: [{ name }] };
  return { lists: [{}] };
}

/** The payables and lines that the items ask for; null where there are no items. */
export function lineNeed(items: Assignments['lineItems']): LineNeed | null {
  if (items.length === 0) return null;
  const rules = items.flatMap((item) => (item.type === 'rule' ? [item] : []));
  const specific = items.flatMap((item) => (item.type === 'specific' ? [item] : []));
  const selectors = specific.map(({ payable }) => payable);
  const ruled = compilePayableRules(rules.map(({ when }) => when.payable));
  const named = compilePayableSelectors(selectors);
  const lists = [...(rules.length > 0 ? [envelope(rules)] : []), ...specificLists(specific)];
  return { lists, wanted: (payable) => ruled(payable) || named(payable) };
}

/** The products with these ids. */
export function productsById(ids: readonly string[]): ProductNeed {
  return { lists: batches(ids).map((some) => ({ ids: some })) };
}

/** The payables with these ids, and all their lines. */
export function linesOfPayables(ids: readonly string[]): LineNeed {
  const wanted = new Set(ids);
  return { lists: batches(ids).map((some) => ({ ids: some })), wanted: ({ id }) => wanted.has(id) };
}

/** What both ask for, each list once. */
export function joinLists<F extends ProductFilter | PayableFilter>(
  first: readonly F[],
  second: readonly F[],
): readonly F[] {
  const all = [...first, ...second];
  const whole = all.find((filter) => isWhole(filter));
  return whole ? [whole] : [...new Map(all.map((filter) => [JSON.stringify(filter), filter])).values()];
}

/** Whether a filter lets everything through. */
export function isWhole(filter: ProductFilter | PayableFilter): boolean {
  return Object.keys(filter).length === 0;
}

/**
 * The narrowest list in which everything is that any of the rules may match. Texts narrow it only where the service
 * cannot take them otherwise than a rule does: ids and currencies have one form, names and document numbers have not.
 */
function envelope(rules: readonly LineRule[]): PayableFilter {
  const payables = rules.map(({ when }) => when.payable);
  const status = [...new Set(payables.flatMap((conditions) => conditions.status))].sort();
  const spans = payables.map(({ created_at }) => spanOf(created_at ?? {}));
  const from = Math.min(...spans.map((span) => span.from));
  const before = Math.max(...spans.map((span) => span.before));
  const counterpart = single(payables, 'counterpart_id')?.toLowerCase();
  const currency = single(payables, 'currency')?.toUpperCase();
  return {
    status,
    ...(counterpart !== undefined && { counterpart_id: counterpart }),
    ...(currency !== undefined && { currency }),
    ...(Number.isFinite(from) && { created_from: new Date(from).toISOString() }),
    ...(Number.isFinite(before) && { created_to: new Date(before).toISOString() }),
  };
}

/** The one value without `*` that all rules ask for. */
function single(
  conditions: readonly PayableConditions[],
  field: 'counterpart_id' | 'currency',
): string | undefined {
  const values = new Set(conditions.map((each) => (each[field]?.length === 1 ? each[field][0] : undefined)));
  const [value] = values;
  return values.size === 1 && value !== undefined && /^[A-Z0-9-]+$/i.test(value.trim())
    ? value.trim()
    : undefined;
}

function specificLists(items: readonly SpecificLine[]): readonly PayableFilter[] {
  const ids = items.flatMap(({ payable }) => (payable.by === 'id' ? [payable.text] : []));
  const others = items.flatMap(({ payable: { by, text } }) => (by === 'id' ? [] : [{ [by]: text }]));
  return joinLists<PayableFilter>(linesOfPayables(ids).lists, others);
}

function batches(ids: readonly string[]): readonly (readonly string[])[] {
  const all = [...new Set(ids.map((id) => id.toLowerCase()))].sort();
  const count = Math.ceil(all.length / idsAtOnce);
  return Array.from({ length: count }, (_, at) => all.slice(at * idsAtOnce, (at + 1) * idsAtOnce));
}
