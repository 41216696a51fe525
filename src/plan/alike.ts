import { createHash } from 'node:crypto';
import type { Change, Plan } from '../model/plan.ts';
import type { Address, Value } from '../model/value.ts';
import { canonicalJson } from './canonical-json.ts';

/** What has a plan. */
export interface Planned {
  readonly plan: Plan;
}

/** Those whose plans make the same changes, the ids of their objects left out. */
export interface Alike<T extends Planned> {
  /** With `*` where an id stood. */
  readonly addresses: readonly Address[];
  readonly members: readonly [T, ...T[]];
}

/** Plans with changes, by what they change: the largest group first, and as they come where groups are equally large. */
export function alike<T extends Planned>(all: readonly T[]): readonly Alike<T>[] {
  const groups = new Map<string, { addresses: readonly Address[]; members: [T, ...T[]] }>();
  for (const each of all) {
    if (each.plan.changes.length === 0) continue;
    const key = keyOf(each.plan);
    const group = groups.get(key);
    if (group) group.members.push(each);
    else
      groups.set(key, {
        addresses: each.plan.changes.map((change) => withoutId(change.address, change)),
        members: [each],
      });
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length);
}

function keyOf(plan: Plan): string {
  const hash = createHash('sha256');
  for (const change of plan.changes) {
    const { action, address, after, before, kind, label, reason } = change;
    const what = {
      kind,
      action,
      reason,
      label,
      address: withoutId(address, change),
      before: meant(before, plan),
      after: meant(after, plan),
    };
    canonicalJson(what, (piece) => hash.update(piece));
  }
  return hash.digest('hex');
}

/** `ledger_accounts[<id>]` and `assignments.products.<id>` are about one organization alone. */
function withoutId(address: Address, { id, kind }: Change): Address {
  const unkeyed = address.replace(/\[[^\]]*\]$/, '[*]');
  if (unkeyed !== address || !kind.endsWith('_assignment')) return unkeyed;
  const parts = address.split('.');
  return [...parts.slice(0, 2), ...parts.slice(2).map((part) => (id === null ? part : '*'))].join('.');
}

/** Where a value is an address with an id, what it stands for takes its place. */
function meant(fields: Readonly<Record<string, Value>> | null, plan: Plan): unknown {
  if (fields === null) return null;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const target =
        typeof value === 'string' && value.endsWith(']') ? plan.observed.references[value] : undefined;
      return [name, target ? { code: target.code, name: target.name, external: target.external } : value];
    }),
  );
}
