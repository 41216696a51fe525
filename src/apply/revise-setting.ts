import type { Kinds, SettingSlot } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Address, Fields } from '../model/value.ts';
import type { Verdict } from './revise.ts';
import { stale, staleValues } from './stale.ts';

/** What is known by the time that settings and assignments are compared. */
export interface PointerView {
  readonly live: Live;
  readonly kinds: Kinds;
  /** The live object behind an address; one that this plan has still to create is absent. */
  readonly ids: ReadonlyMap<Address, string>;
  /** Ids seen in each collection. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The slot of a change of a setting; a change of any other kind is a bug. */
export function slotOf(kinds: Kinds, address: Address): SettingSlot {
  const slot = kinds.settings.find((each) => each.address === address);
  if (!slot) throw new Error(`${address} is neither a known kind nor a setting`);
  return slot;
}

/** Compares one change of a setting with the live settings, by ids. */
export function reviseSetting(change: Change, view: PointerView): Verdict {
  const slot = slotOf(view.kinds, change.address);
  const settings = view.live.settings;
  if (!settings) throw new Error('the settings must be read before a plan is compared with them');
  const live = settings[slot.address] ?? null;
  const before = reference(change.before, slot);
  const after = reference(change.after, slot);

  if (after !== null) {
    const id = view.ids.get(after);
    if (id !== undefined && !view.known.get(slot.collection)?.has(id))
      return verdict(change, 'stale', stale(change, `${after} (${id}), which it is to point to, is gone`));
    if (id !== undefined && id === live) return verdict(change, 'already_done');
  } else if (live === null) return verdict(change, 'already_done');

  if (live === (before === null ? null : (view.ids.get(before) ?? before))) return verdict(change, 'run');
  const now = live === null ? null : (addressOf(view.ids, live) ?? live);
  return verdict(
    change,
    'stale',
    staleValues(change, [{ field: slot.field, planned: before, live: now, wanted: after }]),
  );
}

const reference = (fields: Fields | null, slot: SettingSlot): Address | null => fields?.[slot.field] ?? null;

const verdict = (change: Change, status: Verdict['status'], problem: Verdict['problem'] = null): Verdict => ({
  change,
  status,
  id: change.id,
  problem,
});

/** The address by which a plan mentions an id. */
export function addressOf(ids: ReadonlyMap<Address, string>, id: string): Address | undefined {
  for (const [address, each] of ids) if (each === id) return address;
  return undefined;
}
