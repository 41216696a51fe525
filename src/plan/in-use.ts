import type { Kinds } from '../model/kind.ts';
import type { Live, LiveSettings, Use } from '../model/live.ts';
import type { Allowed, Change, ReferenceTarget } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { listText } from './words.ts';

/** What a look for uses needs to know of a plan. */
export interface Deleting {
  readonly changes: readonly Change[];
  readonly references: Readonly<Record<Address, ReferenceTarget>>;
}

/** Collection to the ids whose uses must be read before they may be deleted: all but those that may go in spite of them. */
export function idsToSearch(
  changes: readonly Change[],
  allowed: Allowed,
  kinds: Kinds,
): ReadonlyMap<string, ReadonlySet<string>> {
  const searched = new Map<string, Set<string>>();
  for (const { action, kind, id, address } of changes) {
    const collection = kinds.collections.find(({ name }) => name === kind)?.collection;
    if (action !== 'delete' || id === null || !collection || allowed.in_use.includes(address)) continue;
    const ids = searched.get(collection);
    if (ids) ids.add(id);
    else searched.set(collection, new Set([id]));
  }
  return searched;
}

/** Refuses every delete of an object that something still uses after the plan. */
export function refuseInUse(
  { changes, references }: Deleting,
  uses: readonly Use[],
  live: Live,
  allowed: Allowed,
  kinds: Kinds,
): readonly Problem[] {
  const searched = idsToSearch(changes, allowed, kinds);
  if (searched.size === 0) return [];
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const staying = new Map<string, Use[]>();
  // Settings that were not read are not settings that point to nothing.
  if (!live.settings) throw new Error('the settings were not read');
  for (const use of [...uses, ...settingUses(live.settings, kinds)]) {
    if (!searched.get(use.collection)?.has(use.id) || isFreed(use, byAddress, references)) continue;
    addTo(staying, use);
  }
  for (const use of newUses(changes, references, kinds))
    if (searched.get(use.collection)?.has(use.id)) addTo(staying, use);
  return changes.flatMap((change) => {
    const found = change.action === 'delete' && change.id !== null ? staying.get(change.id) : undefined;
    return found ? [inUse(change, found)] : [];
  });
}

function addTo(staying: Map<string, Use[]>, use: Use): void {
  const others = staying.get(use.id);
  if (others) others.push(use);
  else staying.set(use.id, [use]);
}

/** What the settings point to now. */
export function settingUses(settings: LiveSettings, kinds: Kinds): readonly Use[] {
  return kinds.settings.flatMap(({ address, collection }) => {
    const id = settings[address] ?? null;
    return id === null ? [] : [settingUse(address, collection, id)];
  });
}

/** What the plan itself points settings, products and lines to. */
function newUses(
  changes: readonly Change[],
  references: Deleting['references'],
  kinds: Kinds,
): readonly Use[] {
  return changes.flatMap(({ address, kind, id: userId, label, before, after }) => {
    const slot = kinds.settings.find((each) => each.address === address);
    const by = kind === 'product_assignment' ? 'product' : 'line_item';
    if (!slot && !isAssignment(kind)) return [];
    return Object.entries(after ?? {}).flatMap(([field, target]): readonly Use[] => {
      const id = target === null || before?.[field] === target ? undefined : references[target]?.id;
      const collection = slot?.collection ?? kinds.collections.find(({ name }) => name === field)?.collection;
      if (id === undefined || collection === undefined) return [];
      if (slot) return [settingUse(address, collection, id)];
      return [{ collection, id, by, userId: userId ?? address, label, freedBy: address }];
    });
  });
}

const isAssignment = (kind: string): boolean =>
  kind === 'product_assignment' || kind === 'line_item_assignment';

function settingUse(address: Address, collection: string, id: string): Use {
  return { collection, id, by: 'setting', userId: address, label: address, freedBy: address };
}

/** A change moves the user away when the object is among what it points to before, and not afterwards. */
function isFreed(
  { freedBy, id }: Use,
  changes: ReadonlyMap<Address, Change>,
  references: Deleting['references'],
): boolean {
  const change = freedBy === null ? undefined : changes.get(freedBy);
  const points = (fields: Change['after']): boolean =>
    Object.values(fields ?? {}).some((value) => value !== null && references[value]?.id === id);
  return change !== undefined && points(change.before) && !points(change.after);
}

const nouns: Readonly<Record<Use['by'], string>> = {
  product: 'product',
  invoice: 'invoice',
  line_item: 'payable line',
  setting: 'setting',
};

function inUse({ label, address, source }: Change, uses: readonly Use[]): Problem {
  const named = uses.map((use) => ({ by: use.by, id: use.userId, label: use.label }));
  const which = listText(
    named.map((use) => `${nouns[use.by]} ${use.label}`),
    20,
  );
  const message = `${label} would be deleted but is still used by ${which}. Receipts, credit notes, quotes and card transactions were not searched.`;
  const hint = `Assign those to another one first, or allow it: --allow-in-use '${address}'.`;
  return { ...errorProblem('IN_USE', message, { origin: source, address, hint }), uses: named };
}
