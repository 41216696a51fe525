import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import type { CollectionPart } from './collection-part.ts';
import { diffSetting } from './diff-setting.ts';
import { resolveReference } from './resolve-reference.ts';

export interface ComparedSettings {
  readonly changes: readonly Change[];
  readonly unchanged: readonly Address[];
  readonly problems: readonly Problem[];
  /** Addresses of ids that settings hold and that nothing was found for, to the ids. */
  readonly dangling: ReadonlyMap<Address, string>;
}

/** Compares the settings that the file states with what is live. */
export function compareSettings(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
): ComparedSettings {
  const changes: Change[] = [];
  const unchanged: Address[] = [];
  const problems: Problem[] = [];
  const dangling = new Map<Address, string>();
  for (const setting of desired.settings) {
    const slot = kinds.settings.find(({ address }) => address === setting.address);
    const part = slot && parts.get(slot.collection);
    const read = slot && live.collections.get(slot.collection)?.scope === 'all';
    if (!slot || !part || !read || !live.settings) throw new Error(`${setting.address} was not read`);
    const wanted = resolveReference(setting.reference, part, setting);
    problems.push(...wanted.problems);
    if (wanted.unclear) continue;
    const id = live.settings[slot.address] ?? null;
    const before = id === null ? null : part.addressOf(id);
    if (before !== null && id !== null && !part.live.byId.has(id)) dangling.set(before, id);
    if (before === wanted.after) unchanged.push(slot.address);
    else {
      const states = { before, after: wanted.after, organizationId: desired.organization.id };
      changes.push(diffSetting(slot, part.live.kind, setting, states));
    }
  }
  return { changes, unchanged, problems, dangling };
}
