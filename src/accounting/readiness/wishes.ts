import type { Targets as Stated } from '../../model/assignment.ts';
import type { Desired, Reference } from '../../model/desired.ts';
import type { CollectionKind, Kinds } from '../../model/kind.ts';
import type { LiveLine, LiveObject, LiveProduct } from '../../model/live.ts';
import type { Origin, Problem } from '../../model/problem.ts';
import type { Address } from '../../model/value.ts';
import { lineContest, productContest, targetKinds } from '../../plan/assign.ts';
import { type CollectionPart, compareCollection } from '../../plan/collection-part.ts';
import { resolveReference } from '../../plan/resolve-reference.ts';
import { type Contest, findWinners } from '../../plan/winners.ts';
import type { Facts } from './facts.ts';
import type { Health, Targets } from './targets.ts';

/** What the next apply of the file would point something to; null where the file says nothing of it. */
export interface Wish {
  readonly target: LiveObject | 'created';
  /** It replaces what is there; a rule without `overwrite` only fills gaps. */
  readonly enforced: boolean;
}

/** What the file says of each thing that points to an account or a rate. */
export interface Wishes {
  readonly product: (product: LiveProduct, kind: CollectionKind) => Wish | null;
  readonly line: (line: LiveLine, kind: CollectionKind) => Wish | null;
  readonly setting: (address: Address) => Wish | null;
  /** What the next apply creates of a kind, with its address as id. */
  readonly created: (kind: CollectionKind) => readonly LiveObject[];
  /** References of the file that lead nowhere: while there are any, no apply runs, and so it mends nothing. */
  readonly broken: readonly Broken[];
}

/** A reference that leads nowhere, and which part of the file it stands in. */
export interface Broken {
  readonly part: 'entries' | 'products' | 'lines' | 'settings';
  readonly problem: Problem;
}

const noWish = (): null => null;

/** Looks at what was read with the eyes of the file. */
export function wishesOf({ desired, kinds, live }: Pick<Facts, 'desired' | 'kinds' | 'live'>): Wishes {
  const read = kinds.collections.filter(({ collection }) => live.collections.has(collection));
  const sides = new Map(
    read.map((kind) => [kind.collection, sideOf(compareCollection(kind, desired, live))] as const),
  );
  const { lineItems, products } = desired.assignments;
  const broken = brokenReferences(desired, kinds, sides);
  const created = (kind: CollectionKind): readonly LiveObject[] => {
    const changes = sides.get(kind.collection)?.part.changes ?? [];
    const addresses = new Set(
      changes.flatMap(({ action, address }) => (action === 'create' ? [address] : [])),
    );
    const entries = desired.entries.filter(({ address }) => addresses.has(address));
    return entries.map(({ address: id, fields }) => ({ id, external: false, status: null, fields }));
  };
  if (broken.length > 0) return { product: noWish, line: noWish, setting: noWish, created, broken };
  const settings = new Map(
    desired.settings.map(({ address, origin, reference }) => {
      const slot = kinds.settings.find((each) => each.address === address);
      return [address, wishOf(reference, sides.get(slot?.collection ?? ''), origin, true)];
    }),
  );
  return {
    product:
      live.products && products.length > 0 ? wishesIn(productContest(products, live), sides, kinds) : noWish,
    line:
      live.lines && live.payables && lineItems.length > 0
        ? wishesIn(lineContest(lineItems, live), sides, kinds)
        : noWish,
    setting: (address) => settings.get(address) ?? null,
    created,
    broken,
  };
}

/** What a plan of the file would end with, as far as its references go. */
function brokenReferences(
  { assignments, settings }: Desired,
  kinds: Kinds,
  sides: ReadonlyMap<string, Side>,
): readonly Broken[] {
  const problemsOf = (
    reference: Reference | null,
    collection: string,
    origin: Origin,
  ): readonly Problem[] => {
    const side = sides.get(collection);
    const found = side && resolveReference(reference, side.part, { origin, address: null });
    return found?.unclear ? errorsOf(found.problems) : [];
  };
  const ofItems = (part: Broken['part'], items: readonly Item[]): readonly Broken[] =>
    items.flatMap(({ origin, targets }) =>
      targetKinds(targets, kinds)
        .flatMap((kind) => problemsOf(targets[kind.name] ?? null, kind.collection, origin))
        .map((problem) => ({ part, problem })),
    );
  const slots = new Map(kinds.settings.map(({ address, collection }) => [address, collection]));
  return [
    ...[...sides.values()].flatMap(({ part }) =>
      errorsOf(part.problems).map((problem) => ({ part: 'entries' as const, problem })),
    ),
    ...ofItems('products', assignments.products),
    ...ofItems('lines', assignments.lineItems),
    ...settings.flatMap(({ address, origin, reference }) =>
      problemsOf(reference, slots.get(address) ?? '', origin).map((problem) => ({
        part: 'settings' as const,
        problem,
      })),
    ),
  ];
}

const errorsOf = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error');

/** Whether a wish mends something that points to `id` now. */
export function mends(
  wish: Wish | null,
  kind: CollectionKind,
  id: string | null,
  { health }: Targets,
): boolean {
  if (wish === null) return false;
  const now = health(kind, id);
  if (!wish.enforced && now !== 'unset' && now !== 'missing') return false;
  if (wish.target === 'created') return now !== 'alone';
  return wish.target.id !== id && rank[health(kind, wish.target.id)] > rank[now];
}

/** What of a pointer is worth more than what. */
const rank: Readonly<Record<Health, number>> = { unset: 0, missing: 0, archived: 0, alone: 1, fine: 2 };

/** A collection of the file beside what is live, and the objects by the addresses that plans use. */
interface Side {
  readonly part: CollectionPart;
  readonly byAddress: ReadonlyMap<Address, LiveObject>;
}

function sideOf(part: CollectionPart): Side {
  const objects = [...part.live.byId.values()].map((object) => [part.addressOf(object.id), object] as const);
  return { part, byAddress: new Map([...objects, ...part.externals]) };
}

interface Item {
  readonly type: 'specific' | 'rule';
  readonly origin: Origin;
  readonly targets: Stated;
  readonly overwrite?: boolean;
}

/** The wish for each object of one list; a pointer is resolved once for all that it is for. */
function wishesIn<T, I extends Item>(
  contest: Contest<T, I>,
  sides: ReadonlyMap<string, Side>,
  kinds: Kinds,
): (object: T, kind: CollectionKind) => Wish | null {
  // An entry whose object is not there is told by the plan; here it mends nothing.
  const { winners } = findWinners(contest);
  const wishes = contest.items.map(({ origin, overwrite, targets, type }) => {
    const enforced = type === 'specific' || overwrite === true;
    return new Map(
      targetKinds(targets, kinds).map((kind) => [
        kind.name,
        wishOf(targets[kind.name] ?? null, sides.get(kind.collection), origin, enforced),
      ]),
    );
  });
  return (object, kind) => wishes[winners.get(object) ?? -1]?.get(kind.name) ?? null;
}

function wishOf(
  reference: Reference | null,
  side: Side | undefined,
  origin: Origin,
  enforced: boolean,
): Wish | null {
  if (reference === null || !side) return null;
  const { after, unclear } = resolveReference(reference, side.part, { origin, address: null });
  if (unclear || after === null) return null;
  return { target: side.byAddress.get(after) ?? 'created', enforced };
}
