import type { CollectionKind, Kinds } from '../model/kind.ts';
import { percentToHundredths } from '../model/percent.ts';
import type { Change, Plan } from '../model/plan.ts';
import { type Address, type Fields, lineAddress, payableIdIn, productAddress } from '../model/value.ts';

/*
 * A digest proves that a plan is as somebody sealed it, not that it was sealed by Ledgerform. Whoever can write a plan
 * file can say in it whatever a configuration could say, and that is what approval is for; but no plan may ask for what
 * is no change at all. What is checked here is what carrying out relies on.
 */

/** Why no Ledgerform can have made this plan; null for one that can be carried out. */
export function unsoundness({ changes, observed }: Plan, kinds: Kinds): string | null {
  const created = new Set(changes.filter(({ action }) => action === 'create').map(({ address }) => address));
  const isKnown = (address: Address): boolean =>
    Object.hasOwn(observed.references, address) || created.has(address);
  const seen = new Set<Address>();
  for (const change of changes) {
    const { address } = change;
    if (seen.has(address)) return `${address} is changed twice`;
    seen.add(address);
    const wrong = wrongIn(change, kinds, isKnown);
    if (wrong !== null) return `${address} ${wrong}`;
  }
  return endlessWait(changes, created);
}

function wrongIn(change: Change, kinds: Kinds, isKnown: (address: Address) => boolean): string | null {
  const kind = kinds.collections.find(({ name }) => name === change.kind);
  if (kind) return wrongObject(change, kind);
  const fields = pointersOf(change, kinds);
  if (fields === null) return `is no ${change.kind.replaceAll('_', ' ')}`;
  const { after, before } = change;
  if (before === null || after === null) return `does not say what it points to before and after`;
  const stranger = [...Object.keys(before), ...Object.keys(after)].find((name) => !fields.includes(name));
  if (stranger !== undefined) return `has no ${stranger}`;
  const nowhere = Object.values(after).find((target) => target !== null && !isKnown(target));
  return nowhere === undefined ? null : `points to ${nowhere}, which the plan does not know`;
}

function wrongObject({ action, address, after, before, id }: Change, kind: CollectionKind): string | null {
  if (!/^[.[]./.test(address.slice(kind.collection.length)) || !address.startsWith(kind.collection))
    return `is no ${kind.noun.one}`;
  const sides = { create: [false, true], update: [true, true], delete: [true, false] } as const;
  if (action !== 'create' && action !== 'update' && action !== 'delete')
    return `is a ${kind.noun.one}, which cannot be ${action}`;
  const [had, has] = sides[action];
  if ((before !== null) !== had || (after !== null) !== has || (id !== null) !== had)
    return `does not say what a ${action} needs`;
  if (action === 'create' && !isText(after?.[kind.identity]) && !isText(after?.name))
    return `has neither ${kind.identity} nor name`;
  return wrongField(before ?? {}, kind, false) ?? wrongField(after ?? {}, kind, true);
}

const isText = (value: string | null | undefined): boolean => (value ?? '').trim() !== '';

function wrongField(fields: Fields, kind: CollectionKind, written: boolean): string | null {
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    if (!field) return `has no ${name}`;
    if (written && field.type === 'percent' && value !== null && percentToHundredths(value) === null)
      return `has a ${name} that is no percentage`;
  }
  return null;
}

/** The fields by which a setting or an assignment points to something; null for what is neither. */
function pointersOf({ action, address, id, kind }: Change, kinds: Kinds): readonly string[] | null {
  if (kind === 'setting') {
    const slot = kinds.settings.find((each) => each.address === address);
    return slot && action === 'set' ? [slot.field] : null;
  }
  if (id === null || (action !== 'assign' && action !== 'unassign')) return null;
  const isProduct = kind === 'product_assignment';
  const own = isProduct ? productAddress(id) : lineAddress(payableIdIn(address), id);
  if (address !== own) return null;
  const used = isProduct ? 'product' : 'line';
  return kinds.collections.filter(({ usedIn }) => usedIn[used] !== null).map(({ name }) => name);
}

/** Changes that wait for each other would never begin: what is left when all that can begin has ended. */
function endlessWait(changes: readonly Change[], created: ReadonlySet<Address>): string | null {
  const waitsFor = new Map(
    changes.map(({ action, address, after, depends_on }) => {
      // What an object stores is text, whatever it looks like.
      const points = action === 'set' || action === 'assign' || action === 'unassign';
      const targets = Object.values((points && after) || {}).filter(
        (each): each is Address => each !== null && created.has(each),
      );
      return [address, new Set([...depends_on, ...targets].filter((each) => each !== address))];
    }),
  );
  const dependents = new Map<Address, Address[]>();
  const listOf = (address: Address): Address[] => {
    const found = dependents.get(address) ?? [];
    dependents.set(address, found);
    return found;
  };
  for (const [address, needed] of waitsFor)
    for (const each of needed) {
      if (!waitsFor.has(each)) needed.delete(each);
      else listOf(each).push(address);
    }
  const ready = [...waitsFor].filter(([, needed]) => needed.size === 0).map(([address]) => address);
  for (const address of ready)
    for (const dependent of dependents.get(address) ?? []) {
      const needed = waitsFor.get(dependent);
      if (needed?.delete(address) && needed.size === 0) ready.push(dependent);
    }
  const left = [...waitsFor].find(([, needed]) => needed.size > 0);
  return left ? `${left[0]} waits for itself` : null;
}
