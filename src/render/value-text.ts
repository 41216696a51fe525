import type { Change, Plan } from '../model/plan.ts';
import type { Address, Value } from '../model/value.ts';
import { labelText } from './label-text.ts';
import { printable } from './printable.ts';

/** What a value that only a create will tell prints as. */
export const knownAfterApply = '(known after apply)';

/** What stands behind the addresses in a plan: live objects, and the labels of what the plan creates or changes. */
export interface References {
  readonly live: Plan['observed']['references'];
  readonly planned: ReadonlyMap<Address, string>;
}

/** The references of a plan. */
export const referencesOf = ({ changes, observed }: Pick<Plan, 'changes' | 'observed'>): References => ({
  live: observed.references,
  planned: new Map(
    changes.flatMap(({ action, address, label }): [Address, string][] =>
      action === 'create' || action === 'update' ? [[address, label]] : [],
    ),
  ),
});

/** Whether the values of a change are addresses of what it refers to. */
export const holdsReferences = ({ action }: Pick<Change, 'action'>): boolean =>
  action === 'set' || action === 'assign' || action === 'unassign';

/** A value of a field as people read it: text in quotes, a percentage without, `(none)` for empty. */
export function valueText(value: Value): string {
  if (value === null) return '(none)';
  return /^\d+(\.\d+)?%$/.test(value) ? value : `"${printable(value)}"`;
}

/**
 * What stands behind an address as a controller calls it, `4010 Consulting income`; what this plan creates is not there
 * yet. `after` calls it what the plan makes of it. Without references it is the address.
 */
export function referenceText(
  address: Value,
  references: References | null,
  side: 'before' | 'after' = 'before',
): string {
  if (address === null) return '(none)';
  if (references === null) return printable(address);
  const { planned, live } = references;
  const target = Object.hasOwn(live, address) ? live[address] : undefined;
  const renamed = side === 'after' ? planned.get(address) : undefined;
  if (target !== undefined && renamed) return labelText(renamed);
  if (target === undefined) {
    const label = planned.get(address) ?? '';
    return `${label === '' ? printable(address) : labelText(label)} ${knownAfterApply}`;
  }
  if (target.external === null) return `${printable(address)} (no such object)`;
  const label = [target.code, target.name].filter((part) => part !== null).join(' ');
  return label === '' ? printable(address) : labelText(label);
}

/** Two of them side by side; where both are called the same, each with its address. */
export function referencePair(
  before: Value,
  after: Value,
  references: References | null,
): readonly [before: string, after: string] {
  const texts = [referenceText(before, references), referenceText(after, references, 'after')] as const;
  if (texts[0] !== texts[1] || before === after) return texts;
  const withAddress = (text: string, address: Value) =>
    address === null ? text : `${text} [${printable(address)}]`;
  return [withAddress(texts[0], before), withAddress(texts[1], after)];
}
