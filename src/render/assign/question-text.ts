import type { Account } from '../../accounting/assign/chart.ts';
import type { GapType } from '../../accounting/assign/gaps.ts';
import type { Amount, Group } from '../../accounting/assign/groups.ts';
import type { Conditions } from '../../accounting/assign/rule-ideas.ts';
import type { RuleWay, Way } from '../../accounting/assign/ways.ts';
import { atLimit } from '../estimate-text.ts';
import { moneyText } from '../money-text.ts';
import { printable } from '../printable.ts';
import { counted, numberText } from '../summary-text.ts';

/** What the things of a group are called. */
export const nounOf: Readonly<Record<GapType, string>> = {
  setting: 'setting',
  product: 'product',
  line_item: 'line',
};

/** A group on one line: `“Hosting” of Hetzner · 15 lines · EUR 1,234.00`. */
export function groupText(group: Group): string {
  if (group.type === 'setting') return `${printable(group.slot.address)} · ${settingWords(group.optional)}`;
  const { amounts, gaps, name, productType, type, vendor } = group;
  const called = name === null ? `${nounOf[type]}s without a name` : `“${printable(name)}”`;
  const from = vendor === null ? '' : ` of ${printable(vendor)}`;
  const sort = productType === null ? '' : ` (${printable(productType)})`;
  return [`${called}${from}${sort}`, counted(gaps.length, nounOf[type]), ...amountTexts(amounts)].join(' · ');
}

const settingWords = (optional: boolean): string =>
  optional ? 'one account for all products without their own' : 'the account of all payment records';

const amountTexts = (amounts: readonly Amount[]): readonly string[] =>
  amounts.length === 0
    ? []
    : [
        amounts
          .slice(0, 3)
          .map(({ amount, currency }) => moneyText(amount, currency))
          .join(', '),
      ];

/** What a group consists of: its first objects, and how many more there are. */
export function membersText(group: Group): string {
  if (group.type === 'setting') return printable(plainDescription(group.slot.description));
  const shown = group.gaps.slice(0, 3).map(({ label }) => printable(label));
  const more = group.gaps.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** Without what is only of use to whoever writes a file. */
const plainDescription = (text: string): string => text.replace(/ `null` clears it\.$/, '');

/** What is known of an account beside its label: `external · Expense`, `internal, not over there`. */
export function accountNote({ external, id, isThere, type }: Account): string {
  const marks = [id === null ? 'not created yet' : '', isThere === false ? 'not over there' : ''];
  const origin = [external ? 'external' : 'internal', ...marks].filter(Boolean).join(', ');
  return type === null ? origin : `${origin} · ${printable(type)}`;
}

/** What must be known of an account before it is taken; empty where nothing speaks against it. */
export const doubtText = ({ isThere }: Pick<Account, 'isThere'>): string =>
  isThere === false
    ? 'The accounting system has no account of this code or name: what is on it cannot be pushed until it has.'
    : '';

/** A way of writing on one line. */
export function wayText(way: Way, group: Group): string {
  const count = group.type === 'setting' ? 1 : group.gaps.length;
  if (way.type === 'entries')
    return count === 1 ? 'An entry for it' : `${count} entries, one for each ${nounOf[group.type]}`;
  return `A rule: ${reachText(way, group)}`;
}

/** What a rule decides: `exactly these`, `these and 3 other lines`. */
export function reachText({ others }: Pick<RuleWay, 'others'>, { type }: Group): string {
  return others === 0 ? 'exactly these' : `these and ${counted(others, `other ${nounOf[type]}`)}`;
}

/** What a rule matches and leaves alone; empty where there is nothing. */
export const keptText = ({ kept }: Pick<RuleWay, 'kept'>): string =>
  kept === 0
    ? ''
    : `it also matches ${numberText(kept)} that ${kept === 1 ? 'has an account and keeps' : 'have an account and keep'} it`;

/** The conditions of a rule as they are written: `{ payable: { counterpart_name: Hetzner } }`. */
export const conditionsText = (when: Conditions): string => printable(shown(when));

function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plainOrQuoted(String(value));
  const members = Object.entries(value).map(([key, each]) => `${key}: ${shown(each)}`);
  return `{ ${members.join(', ')} }`;
}

const plainOrQuoted = (text: string): string =>
  /^[\p{L}][\p{L}\p{N} ._-]*$/u.test(text) ? text : JSON.stringify(text);

/** What it takes to know whether numbers of payables are theirs alone, a request for each. */
export function onlyText(numbers: number, limitPerSecond: number): string {
  const what = `looks whether ${counted(numbers, 'number')} of payables may name them`;
  return `${what}: about ${counted(numbers, 'request')}${atLimit(numbers, limitPerSecond)}`;
}
