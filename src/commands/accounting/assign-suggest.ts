import type { Account } from '../../accounting/assign/chart.ts';
import type { Group } from '../../accounting/assign/groups.ts';
import type { Account as Organization } from '../../model/account.ts';
import type { Suggested } from '../../render/assign/suggestions-text.ts';
import { suggestionsText } from '../../render/assign/suggestions-text.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import type { AssignOptions } from './assign-options.ts';
import type { Walk } from './assign-questions.ts';

/** Prints the questions with what is suggested for each, and asks nothing. */
export function tellSuggestions(
  { gaps, groups, suggest, ways }: Walk,
  { apiUrl, environment, organization }: Organization,
  shell: Shell,
  { config, showAll }: Pick<AssignOptions, 'config' | 'showAll'>,
): ExitCode {
  const all = groups.map((group): Suggested => {
    const possible = group.type === 'setting' ? [] : ways(group, { answered: new Set(), narrowest: true });
    const rule = possible.find((way) => way.type === 'rule');
    return { group, suggestions: suggest(group), rule: rule ?? null };
  });
  shell.say(suggestionsText(all, gaps, shell.paint, showAll === true, config?.[0] ?? null));
  shell.sayJson({
    format_version: '1',
    organization,
    environment,
    api_url: apiUrl,
    groups: all.map(groupDocument),
    left_out: { covered: gaps.covered, closed: gaps.closed },
  });
  return 0;
}

function groupDocument({ group, rule, suggestions }: Suggested): unknown {
  return {
    type: group.type,
    ...aboutGroup(group),
    suggestions: suggestions.map(({ account, score, why }) => ({
      account: accountDocument(account),
      score,
      why,
    })),
    rule: rule && { name: rule.name, when: rule.when, others: rule.others, kept: rule.kept },
  };
}

function aboutGroup(group: Group): object {
  if (group.type === 'setting') {
    const { address } = group.slot;
    const objects = [{ address, label: address }];
    const none = { name: null, counterpart_name: null, product_type: null, amounts: [] };
    return { optional: group.optional, ...none, count: 1, objects };
  }
  const { amounts, gaps, name, productType, vendor } = group;
  return {
    optional: false,
    name,
    counterpart_name: vendor,
    product_type: productType,
    amounts,
    count: gaps.length,
    objects: gaps.map(({ address, label }) => ({ address, label })),
  };
}

const accountDocument = ({ address, code, external, id, isThere, name, type }: Account): unknown => ({
  address,
  id,
  code,
  name,
  type,
  external,
  is_there: isThere,
});
