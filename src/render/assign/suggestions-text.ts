import type { Counts, Gaps } from '../../accounting/assign/gaps.ts';
import type { Group } from '../../accounting/assign/groups.ts';
import type { Suggestion } from '../../accounting/assign/suggest.ts';
import type { RuleWay } from '../../accounting/assign/ways.ts';
import { commandFor } from '../../accounting/command-for.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { counted, numberText } from '../summary-text.ts';
import {
  accountNote,
  conditionsText,
  doubtText,
  groupText,
  membersText,
  nounOf,
  reachText,
} from './question-text.ts';

/** A group with what is suggested for it, and the narrowest rule that would do. */
export interface Suggested {
  readonly group: Group;
  readonly suggestions: readonly Suggestion[];
  readonly rule: RuleWay | null;
}

/** Questions that are shown; all of them where everything is to be. */
const shownQuestions = 20;

/** The groups with their suggestions, the first of them or all, and what is left out. */
export function suggestionsText(
  all: readonly Suggested[],
  { closed, covered }: Pick<Gaps, 'closed' | 'covered'>,
  paint: Paint,
  showAll: boolean,
  named: string | null = null,
): string {
  const shown = showAll ? all : all.slice(0, shownQuestions);
  const blocks = shown.map((each) => `\n${suggestedText(each, paint)}`);
  return `${blocks.join('')}${moreText(all.slice(shown.length), paint)}${leftOutText(covered, closed)}\n${summaryOf(all, named)}`;
}

function moreText(rest: readonly Suggested[], paint: Paint): string {
  if (rest.length === 0) return '';
  const what = `${counted(rest.length, 'more question')} about ${counted(gapsIn(rest), 'gap')}`;
  return `\n${paint.dim(`… and ${what} (--show-all lists them, --json has them).`)}\n`;
}

function suggestedText({ group, rule, suggestions }: Suggested, paint: Paint): string {
  const lines = suggestions.flatMap(({ account, score, why }) => [
    `  ${score.toFixed(2)}  ${printable(account.label)}  ${paint.dim(accountNote(account))}`,
    ...why.map((reason) => `        ${paint.dim(printable(reason))}`),
    ...(account.isThere === false ? [`        ${paint.yellow(doubtText(account))}`] : []),
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

function summaryOf(all: readonly Suggested[], named: string | null): string {
  if (all.length === 0) return 'Nothing lacks an account.\n';
  const answered = all.filter(({ suggestions }) => suggestions.length > 0).length;
  return `${counted(all.length, 'question')} about ${counted(gapsIn(all), 'gap')}; an account is suggested for ${numberText(answered)}. To answer them: ${commandFor('ledgerform assign', named)}\n`;
}

const gapsIn = (all: readonly Suggested[]): number =>
  all.reduce((sum, { group }) => sum + (group.type === 'setting' ? 1 : group.gaps.length), 0);
