import type { Desired, Reference } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Address, Fields } from '../model/value.ts';
import { type AssignmentContest, lineContest, productContest, targetKinds } from './assign.ts';
import { type BaseEntries, baseEntries, objectsOfBase } from './base-keys.ts';
import type { CollectionPart } from './collection-part.ts';
import { findLive } from './live-index.ts';
import { lookUpExternal } from './look-up.ts';
import { findWinners } from './winners.ts';
import { identityText } from './words.ts';

/**
 * What the base stated at the address of a change, in the same words as `before` and `after`; null where it stated nothing
 * there. A field that is absent was not stated.
 */
export type BaseValues = (change: Pick<Change, 'address' | 'id' | 'kind'>) => Fields | null;

type Parts = ReadonlyMap<string, CollectionPart>;
/** The keys of the base. */
interface Sides {
  readonly base: BaseEntries;
  readonly externals: Desired['externals'];
}

type Item = Desired['assignments']['products'][number] | Desired['assignments']['lineItems'][number];

/** Everything that the base stated, held against what is live: a key of the base means the object that it has now. */
export function baseValues(base: Desired, live: Live, kinds: Kinds, parts: Parts): BaseValues {
  const entries = baseEntries(base);
  const sides: Sides = { base: entries, externals: base.externals };
  const settings = new Map(base.settings.map((setting) => [setting.address, setting.reference]));
  const meant = (reference: Reference | null, kind: CollectionKind): Address | null => {
    const part = parts.get(kind.collection);
    return reference && part ? addressMeant(reference, part, sides) : null;
  };
  let enforced: ReadonlyMap<Address, Item> | null = null;
  return (change) => {
    const kind = kinds.collections.find(({ name }) => name === change.kind);
    if (kind) return fieldsAtBase(change, parts.get(kind.collection), entries);
    const slot = kinds.settings.find(({ address }) => address === change.address);
    if (slot) {
      const stated = settings.get(slot.address);
      const of = kinds.collections.find(({ collection }) => collection === slot.collection);
      return stated === undefined || !of ? null : { [slot.field]: meant(stated, of) };
    }
    enforced ??= enforcedAt(base, live);
    const item = enforced.get(change.address);
    if (!item) return null;
    return Object.fromEntries(
      targetKinds(item.targets, kinds).map((each) => [
        each.name,
        meant(item.targets[each.name] ?? null, each),
      ]),
    );
  };
}

/** What the base stated of the object of a change. A key that means another object now was not about this one. */
function fieldsAtBase(
  change: Pick<Change, 'address' | 'id'>,
  part: CollectionPart | undefined,
  entries: BaseEntries,
): Fields | null {
  const entry = entries.get(change.address);
  if (!entry || !part) return null;
  const [object, ...others] = objectsOfBase(part.live, entry);
  const another = object !== undefined && others.length === 0 && object.id !== change.id;
  return another ? null : entry.fields;
}

/**
 * Which item of the base had the say over what, where it enforced its value. A rule that only fills gaps has said nothing
 * of what is assigned now.
 */
function enforcedAt(base: Desired, live: Live): ReadonlyMap<Address, Item> {
  const { products, lineItems } = base.assignments;
  return new Map<Address, Item>([
    ...(live.products ? winnersOf(productContest(products, live)) : []),
    ...(live.lines && live.payables ? winnersOf(lineContest(lineItems, live)) : []),
  ]);
}

/** What an item of the base no longer finds is no error here: it is not what is to be done. */
function winnersOf<T, I extends Item>(
  contest: AssignmentContest<T, I>,
): readonly (readonly [Address, Item])[] {
  return [...findWinners(contest).winners].flatMap(([object, at]) => {
    const item = contest.items[at];
    if (!item || (item.type === 'rule' && !item.overwrite)) return [];
    return [[contest.thing(object).address, item] as const];
  });
}

/** The address that this plan uses for what a reference of the base meant; one that nothing has where it means nothing now. */
function addressMeant(reference: Reference, part: CollectionPart, { base, externals }: Sides): Address {
  const { live, addressOf } = part;
  if (reference.type === 'lookup') {
    const found = findLive(live, reference.identity);
    return found.length === 1 && found[0]
      ? addressOf(found[0].id)
      : identityText(live.kind, reference.identity);
  }
  const { address } = reference;
  const external = externals.find((each) => each.address === address);
  if (external) {
    const { object } = lookUpExternal(live, external, false);
    return object ? addressOf(object.id) : address;
  }
  const entry = base.get(address);
  const [object, ...others] = entry ? objectsOfBase(live, entry) : [];
  // A key whose code has been applied since goes by its own address.
  return object && others.length === 0 ? addressOf(object.id) : address;
}
