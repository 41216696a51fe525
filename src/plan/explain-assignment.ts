import type { LineSelector, PayableSelector, ProductSelector } from '../model/assignment.ts';
import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live, LiveLine, LiveProduct } from '../model/live.ts';
import type { Problem } from '../model/problem.ts';
import type { Address, Value } from '../model/value.ts';
import { type AssignmentContest, lineContest, productContest, targetKinds } from './assign.ts';
import type { CollectionPart } from './collection-part.ts';
import type { ExplainedField, ExplainedItem, Explanation } from './explain-types.ts';
import { selectorText, unmetByLine, unmetByProduct } from './match.ts';
import { resolveReference } from './resolve-reference.ts';
import { findWinners } from './winners.ts';

/** An explanation without what only the whole plan knows. */
export type Explained = Omit<Explanation, 'references' | 'change'> & {
  /** Addresses of ids that point to nothing, to the ids. */
  readonly dangling: ReadonlyMap<Address, string>;
};

/** Says which item of the file has the say over a product or a line, and why the others have not; null where there is no such object. */
export function explainAssignment(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
  address: Address,
): Explained | null {
  const { products, lineItems } = desired.assignments;
  if (live.products && address.startsWith('assignments.products.'))
    return explain(productContest(products, live), unmetProduct, parts, kinds, address);
  if (live.lines && address.startsWith('assignments.line_items.'))
    return explain(lineContest(lineItems, live), unmetLine, parts, kinds, address);
  return null;
}

type ProductItem = Desired['assignments']['products'][number];
type LineItem = Desired['assignments']['lineItems'][number];

function unmetProduct(item: ProductItem, product: LiveProduct): readonly string[] {
  if (item.type === 'rule') return unmetByProduct(item.when, product);
  return isMeant(item.product, product[item.product.by]) ? [] : [`product.${item.product.by}`];
}

function unmetLine(item: LineItem, object: LiveLine): readonly string[] {
  if (item.type === 'rule') return unmetByLine(item.when, object);
  const { payable, line_item } = item;
  return [
    ...(isMeant(payable, object.payable[payable.by]) ? [] : [`payable.${payable.by}`]),
    ...(isMeant(line_item, object.line[line_item.by]) ? [] : [`line_item.${line_item.by}`]),
  ];
}

const isMeant = (
  { by, text }: ProductSelector | PayableSelector | LineSelector,
  found: string | null,
): boolean => selectorText(by, text) === selectorText(by, found);

function explain<T, I extends ProductItem | LineItem>(
  contest: AssignmentContest<T, I>,
  unmetBy: (item: I, object: T) => readonly string[],
  parts: ReadonlyMap<string, CollectionPart>,
  kinds: Kinds,
  address: Address,
): Explained | null {
  const object = contest.objects.find((each) => contest.thing(each).address === address);
  if (object === undefined) return null;
  const thing = contest.thing(object);
  const { winners, problems } = findWinners(contest);
  const at = winners.get(object);
  const found = contest.items.map((item, place) => {
    const unmet = unmetBy(item, object);
    const verdict = place === at ? 'won' : unmet.length === 0 ? 'beaten' : 'unmet';
    return explainItem(item, verdict, unmet, parts, kinds);
  });
  const winner = at === undefined ? undefined : found[at]?.item;
  const dangling = new Map<Address, string>();
  const fields = kinds.collections.flatMap((kind): readonly ExplainedField[] => {
    const part = parts.get(kind.collection);
    const points = thing.kind === 'product_assignment' ? kind.usedIn.product : kind.usedIn.line;
    if (!part || points === null) return [];
    const id = thing.pointsTo(kind);
    const live = id === null ? null : part.addressOf(id);
    if (id !== null && live !== null) dangling.set(live, id);
    const managed = winner !== undefined && Object.hasOwn(winner.targets, kind.name);
    const desired = winner?.targets[kind.name] ?? null;
    return [{ name: kind.name, managed, desired, origin: managed ? winner.origin : null, hidden: [], live }];
  });
  return {
    address,
    type: thing.kind,
    label: thing.label(),
    origin: winner?.origin ?? null,
    look_up: null,
    hidden: [],
    fields,
    live: { id: thing.id, label: thing.label(), external: null, status: null },
    found_by: null,
    items: found.map(({ item }) => item),
    problems: [...problems, ...found.flatMap((each) => each.problems)],
    dangling,
  };
}

function explainItem(
  item: ProductItem | LineItem,
  verdict: ExplainedItem['verdict'],
  unmet: readonly string[],
  parts: ReadonlyMap<string, CollectionPart>,
  kinds: Kinds,
): { readonly item: ExplainedItem; readonly problems: readonly Problem[] } {
  const { origin, targets: stated, type } = item;
  const targets: Record<string, Value> = {};
  const problems: Problem[] = [];
  for (const kind of targetKinds(stated, kinds)) {
    const part = parts.get(kind.collection);
    if (!part) continue;
    const resolved = resolveReference(stated[kind.name] ?? null, part, { origin, address: null });
    problems.push(...resolved.problems);
    if (!resolved.unclear) targets[kind.name] = resolved.after;
  }
  const rule = item.type === 'rule' ? item : null;
  const overwrite = rule?.overwrite ?? true;
  return { item: { type, rule: rule?.name ?? null, origin, overwrite, verdict, unmet, targets }, problems };
}
