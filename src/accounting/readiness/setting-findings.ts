import type { SettingSlot } from '../../model/kind.ts';
import type { GapSeverity, PushType } from '../../model/readiness.ts';
import { type Finding, type Judging, slotNamed } from './finding.ts';
import { type Pointer, pointerFindings } from './pointer-findings.ts';

/**
 * What the settings lack: without the account of payments no payment can be pushed; the rate of deductions is needed for
 * deductions alone, so it only warns. The account of products need not be set, but must not lead nowhere.
 */
export function settingFindings(judging: Judging): readonly Finding[] {
  const { kinds, types } = judging;
  return types.flatMap((type) => {
    if (type === 'payments')
      return pointerFindings(
        pointer(slotNamed(kinds, 'payments'), type, 'blocks', 'PAYMENTS_ACCOUNT_UNSET', judging),
        judging,
      );
    if (type === 'bills') return [];
    const fallback = pointer(slotNamed(kinds, 'products'), type, 'warns', null, judging);
    return [
      ...pointerFindings(fallback, judging),
      ...(type === 'invoices' ? deductions(slotNamed(kinds, 'deductions'), judging) : []),
    ];
  });
}

function deductions(slot: SettingSlot, judging: Judging): readonly Finding[] {
  const place = pointer(slot, 'invoices', 'warns', 'DEDUCTIONS_RATE_UNSET', judging);
  const found = pointerFindings(place, judging);
  const { needs } = slot;
  const objects = judging.live.collections.get(slot.collection)?.objects;
  const object = objects?.find(({ id }) => id === place.target);
  if (found.length > 0 || !needs || !object || object.fields[needs.field] === needs.value) return found;
  const { id, label, group, about, severity, type } = place;
  const wish = place.wish?.target;
  const filled = wish !== undefined && wish !== 'created' && wish.fields[needs.field] === needs.value;
  return [
    {
      id,
      label,
      group,
      about,
      severity,
      type,
      code: 'DEDUCTIONS_RATE_UNSUITABLE',
      object: null,
      hint: null,
      filled,
    },
  ];
}

function pointer(
  { address, collection }: SettingSlot,
  type: PushType,
  severity: GapSeverity,
  unset: Pointer['unset'],
  { kinds, live, wishes }: Judging,
): Pointer {
  const kind = kinds.collections.find((each) => each.collection === collection);
  if (!kind) throw new Error(`no kind ${collection}`);
  return {
    type,
    object: null,
    id: address,
    label: address,
    group: address,
    severity,
    about: { what: 'setting', address },
    kind,
    target: live.settings?.[address] ?? null,
    wish: wishes.setting(address),
    unset,
  };
}
