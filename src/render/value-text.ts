import type { Change, ReferenceTarget } from '../model/plan.ts';
import type { Address, Value } from '../model/value.ts';
import { printable } from './printable.ts';

/** What a value that only a create will tell prints as. */
export const knownAfterApply = '(known after apply)';

/** Whether the values of a change are addresses of what it refers to. */
export const holdsReferences = ({ action }: Pick<Change, 'action'>): boolean =>
  action === 'set' || action === 'assign' || action === 'unassign';

/** A value of a field as people read it: text in quotes, a percentage without, `(none)` for empty. */
export function valueText(value: Value): string {
  if (value === null) return '(none)';
  return /^\d+(\.\d+)?%$/.test(value) ? value : `"${printable(value)}"`;
}

/** An address with the code and name of what is live behind it; what this plan creates is not there yet. */
export function referenceText(
  address: Value,
  references: Readonly<Record<Address, ReferenceTarget>>,
): string {
  if (address === null) return '(none)';
  const target = Object.hasOwn(references, address) ? references[address] : undefined;
  if (target === undefined) return `${printable(address)} ${knownAfterApply}`;
  if (target.external === null) return `${printable(address)} (no such object)`;
  const label = [target.code, target.name].filter((part) => part !== null).join(' ');
  return label === '' ? printable(address) : `${printable(address)} (${printable(label)})`;
}
