import type { Desired } from '../model/desired.ts';
import type { Change } from '../model/plan.ts';
import type { Origin } from '../model/problem.ts';

/** The place of an item, as plans name its rule. */
export function placeOf({ file, line, column }: Origin): string {
  return `${file}:${line}:${column}`;
}

/** Whether a change comes from a rule, whatever its reason: with a base what a rule undoes may be drift. */
export const isByRule = (
  { reason, source }: Pick<Change, 'reason' | 'source'>,
  rules: Readonly<Record<string, unknown>> | undefined,
): boolean =>
  reason === 'rule' || (source !== null && rules !== undefined && Object.hasOwn(rules, placeOf(source)));

/** The places of the rules that overwrite. */
export const overwritingRules = ({ assignments }: Pick<Desired, 'assignments'>): ReadonlySet<string> =>
  new Set(
    [...assignments.products, ...assignments.lineItems].flatMap((item) =>
      item.type === 'rule' && item.overwrite ? [placeOf(item.origin)] : [],
    ),
  );
