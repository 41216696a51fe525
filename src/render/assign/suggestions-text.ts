import type { Counts } from '../../accounting/assign/gaps.ts';
import type { Group } from '../../accounting/assign/groups.ts';
import type { Suggestion } from '../../accounting/assign/suggest.ts';
import type { RuleWay } from '../../accounting/assign/ways.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { counted, numberText } from '../summary-text.ts';
import { accountNote, conditionsText, groupText, membersText, nounOf, reachText } from './question-text.ts';

/** A group with what is suggested for it, and the narrowest rule that would do. */
export interface Suggested {
  readonly group: Group;
  readonly suggestions: readonly Suggestion[];
  readonly rule: RuleWay | null;
}

/** All groups with their suggestions, and what is left out. */
export function suggestionsText(
  all: readonly Suggested[],
  covered: Counts,
  closed: Counts,
  paint: Paint,
): string {
  const blocks = all.map((each) => `\n${suggestedText(each, paint)}`);
  return `${blocks.join('')}${leftOutText(covered, closed)}\n${summaryOf(all)}`;
}

function suggestedText({ group, rule, suggestions }: Suggested, paint: Paint): string {
  const lines = suggestions.flatMap(({ account, score, why }) => [
    `  ${score.toFixed(2)}  ${printable(account.label)}  ${paint.dim(accountNote(account))}`,
    ...why.map((reason) => `        ${paint.dim(printable(reason))}`),
  ]);
  const none = suggestions.length === 0 ? [`  ${paint.dim('nothing speaks for any account')}`] : [];
  const ruled = rule
    ? [`  ${paint.dim(`as a rule: ${conditionsText(rule.when)}, ${reachText(rule, group)}`)}`]
    : [];
  return [paint.bold(groupText(group)), `  ${membersText(group)}`, ...lines, ...none, ...ruled, ''].join(
    '\n',
  );
}

/** What has no account and is not asked for, and why. */
export function leftOutText(covered: Counts, closed: Counts): string {
  const text = (counts: Counts, why: string): string => {
    const parts = (['setting', 'product', 'line_item'] as const).flatMap((type) =>
      counts[type] === 0 ? [] : [counted(counts[type], nounOf[type])],
    );
    return parts.length === 0 ? '' : `Left out: ${parts.join(', ')} ${why}.\n`;
  };
  const said = `${text(covered, 'that the file gives an account with the next apply')}${text(
    closed,
    'about which the file, or a file that it extends, says otherwise',
  )}`;
  return said === '' ? '' : `\n${said}`;
}

function summaryOf(all: readonly Suggested[]): string {
  if (all.length === 0) return 'Nothing lacks an account.\n';
  const objects = all.reduce((sum, { group }) => sum + (group.type === 'setting' ? 1 : group.gaps.length), 0);
  const answered = all.filter(({ suggestions }) => suggestions.length > 0).length;
  return `${counted(all.length, 'question')} about ${counted(objects, 'gap')}; an account is suggested for ${numberText(answered)}. To answer them: ledgerform assign\n`;
}
