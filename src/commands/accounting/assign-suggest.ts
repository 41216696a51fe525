import type { Account } from '../../accounting/assign/chart.ts';
import type { Account as Organization } from '../../model/account.ts';
import type { Suggested } from '../../render/assign/suggestions-text.ts';
import { suggestionsText } from '../../render/assign/suggestions-text.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import type { Walk } from './assign-questions.ts';

/** Prints the questions with what is suggested for each, and asks nothing. */
export function tellSuggestions(
  { gaps, groups, suggest, ways }: Walk,
  { apiUrl, environment, organization }: Organization,
  shell: Shell,
): ExitCode {
  const all = groups.map((group): Suggested => {
    const possible = group.type === 'setting' ? [] : ways(group, { answered: new Set(), narrowest: true });
    const rule = possible.find((way) => way.type === 'rule');
    return { group, suggestions: suggest(group), rule: rule ?? null };
  });
  shell.say(suggestionsText(all, gaps.covered, gaps.closed, shell.paint));
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
  const about =
    group.type === 'setting'
      ? { address: group.slot.address, optional: group.optional }
      : {
          name: group.name,
          counterpart_name: group.vendor,
          product_type: group.productType,
          count: group.gaps.length,
          amounts: group.amounts,
          objects: group.gaps.map(({ address, label }) => ({ address, label })),
        };
  return {
    type: group.type,
    ...about,
    suggestions: suggestions.map(({ account, score, why }) => ({
      account: accountDocument(account),
      score,
      why,
    })),
    rule: rule && { name: rule.name, when: rule.when, others: rule.others, kept: rule.kept },
  };
}

const accountDocument = ({ address, code, external, id, name, type }: Account): unknown => ({
  address,
  id,
  code,
  name,
  type,
  external,
});
