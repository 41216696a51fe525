import type { DesiredSetting } from '../model/desired.ts';
import type { CollectionKind, SettingSlot } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { sourceOf } from './diff-entry.ts';

/** What a setting is and shall be: addresses, null for empty. */
export interface SettingStates {
  readonly before: Address | null;
  readonly after: Address | null;
  readonly organizationId: string;
}

/** The change that moves a setting to what the file states. */
export function diffSetting(
  slot: SettingSlot,
  kind: CollectionKind,
  setting: DesiredSetting,
  states: SettingStates,
): Change {
  return {
    address: slot.address,
    kind: 'setting',
    action: 'set',
    reason: 'config',
    label: `${slot.wire[1]} ${kind.noun.one}`,
    id: states.organizationId,
    before: { [slot.field]: states.before },
    after: { [slot.field]: states.after },
    source: sourceOf(setting.origin),
    depends_on: [],
    warnings: warn(slot, setting, states),
  };
}

function warn(
  slot: SettingSlot,
  { origin, address }: DesiredSetting,
  { before }: SettingStates,
): readonly Problem[] {
  if (slot.wire[1] !== 'payments' || before === null) return [];
  const message = 'Payment records that were already pushed keep the old payments account.';
  const hint = 'Correct them in the accounting system where they must move too.';
  return [warningProblem('PAYMENTS_ACCOUNT_CHANGED', message, { origin, address, hint })];
}
