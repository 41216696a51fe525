import { type AssignFacts, assignFacts, findGaps } from '../../../src/accounting/assign/gaps.ts';
import { type Group, groupsOf } from '../../../src/accounting/assign/groups.ts';
import { suggesting } from '../../../src/accounting/assign/suggest.ts';
import type { Live, LiveLine, LiveObject, LiveProduct } from '../../../src/model/live.ts';
import { desired, kinds, live } from '../../plan/build.ts';

type File = Parameters<typeof desired>[0];

/** An account of the accounting system. */
export const account = (
  nominal_code: string,
  name: string,
  type?: string,
  more: Partial<LiveObject> & { readonly description?: string } = {},
): LiveObject => {
  const { description = null, ...rest } = more;
  return {
    id: `id-${nominal_code}`,
    external: true,
    status: 'Active',
    ...(type === undefined ? {} : { type }),
    fields: { name, nominal_code, description },
    ...rest,
  };
};

/** What `assign` knows of a file and an organization. */
export function books(
  accounts: readonly LiveObject[],
  things: { readonly products?: readonly LiveProduct[]; readonly lines?: readonly LiveLine[] } = {},
  file: File = {},
  settings: Live['settings'] = null,
): AssignFacts {
  const state = live({ ledger_accounts: accounts }, settings ?? {}, things);
  return assignFacts(desired(file), { ...state, settings }, kinds, 'ledgerform.yaml');
}

/** Every group with the codes and scores of its suggestions. */
export function suggested(facts: AssignFacts, minScore = 0): Readonly<Record<string, readonly string[]>> {
  const suggest = suggesting(facts, minScore);
  return Object.fromEntries(
    groupsOf(findGaps(facts)).map((group) => [
      nameOf(group),
      suggest(group).map(({ account, score }) => `${account.code} ${score}`),
    ]),
  );
}

/** What a group is about, short. */
export function nameOf(group: Group): string {
  if (group.type === 'setting') return group.slot.address;
  return [group.vendor, group.productType, group.name].filter(Boolean).join(' / ');
}
