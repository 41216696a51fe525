import type { Kinds } from '../../model/kind.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { GapSeverity } from '../../model/readiness.ts';
import { countText } from '../../plan/words.ts';
import { accountKind, rateKind } from '../needed-kinds.ts';
import { slotNamed } from './finding.ts';

const nouns = {
  product: { one: 'product', many: 'products' },
  inline: { one: 'product that stands on an invoice alone', many: 'products that stand on invoices alone' },
  line: { one: 'line of a bill', many: 'lines of bills' },
  anyLine: { one: 'line of a bill or an invoice', many: 'lines of bills or invoices' },
  place: { one: 'place', many: 'places' },
  object: { one: 'object', many: 'objects' },
  reference: { one: 'reference of the file leads', many: 'references of the file lead' },
};

/** What a gap is told from: how many places in how many groups. */
interface Told {
  readonly severity: GapSeverity;
  readonly count: number;
  readonly groups: number;
  readonly kinds: Kinds;
}

type Message = (told: Told) => string;

/** One word of two, by the number. */
const by = (count: number, one: string, many: string): string => (count === 1 ? one : many);

const account = ({ kinds }: Told): string => accountKind(kinds).noun.one;

/** The account or rate, or how many of them. */
function either({ groups, kinds }: Told, one: string, many: string): string {
  const [accounts, rates] = [accountKind(kinds).noun, rateKind(kinds).noun];
  return groups === 1
    ? `${one} ${accounts.one} or ${rates.one}`
    : `${groups}${many} ${accounts.many} or ${rates.many}`;
}

const withoutAccount =
  (noun: (typeof nouns)['product']): Message =>
  (told) => {
    const { count, kinds, severity } = told;
    const setting = slotNamed(kinds, 'products').address;
    const what = `${countText(count, noun)} ${by(count, 'has', 'have')} no ${account(told)}`;
    return severity === 'covered'
      ? `${what} of ${by(count, 'its', 'their')} own, and ${by(count, 'gets', 'get')} that of ${setting}.`
      : `${what}, and ${setting} is not set.`;
  };

const messages: Readonly<Partial<Record<ProblemCode, Message>>> = {
  PRODUCT_WITHOUT_ACCOUNT: withoutAccount(nouns.product),
  INLINE_WITHOUT_ACCOUNT: withoutAccount(nouns.inline),
  LINE_WITHOUT_ACCOUNT: (told) =>
    `${countText(told.count, nouns.line)} ${by(told.count, 'has', 'have')} no ${account(told)}.`,
  PAYMENTS_ACCOUNT_UNSET: ({ kinds }) =>
    `${slotNamed(kinds, 'payments').address} is not set: without it no payment can be pushed.`,
  DEDUCTIONS_RATE_UNSET: ({ kinds }) =>
    `${slotNamed(kinds, 'deductions').address} is not set: invoices with deductions cannot be pushed; all others can.`,
  DEDUCTIONS_RATE_UNSUITABLE: ({ kinds }) =>
    `${slotNamed(kinds, 'deductions').address} points to a ${rateKind(kinds).noun.one} of another value than 0%: invoices with deductions may not be pushed.`,
  TAX_VALUE_UNKNOWN: ({ count, kinds }) =>
    `${countText(count, nouns.anyLine)} ${by(count, 'has', 'have')} a tax that no ${rateKind(kinds).noun.one} in the accounting system has.`,
  TARGET_MISSING: (told) =>
    `${countText(told.count, nouns.place)} ${by(told.count, 'points', 'point')} to ${either(told, 'a', '')} that ${by(told.groups, 'does', 'do')} not exist any more.`,
  TARGET_ARCHIVED: (told) =>
    `${countText(told.count, nouns.place)} ${by(told.count, 'points', 'point')} to ${either(told, 'an archived', ' archived')}, to which nothing can be posted.`,
  EXTERNAL_MISSING: (told) => {
    const { count, groups, severity } = told;
    const what = either(told, 'An internal', ' internal');
    const none = 'no counterpart in the accounting system, neither by code nor by name';
    return severity === 'warns'
      ? `${what} ${by(groups, 'has', 'have')} ${none}: what is assigned to ${by(groups, 'it', 'them')} cannot be pushed.`
      : `${what}, to which ${countText(count, nouns.place)} ${by(count, 'points', 'point')}, ${by(groups, 'has', 'have')} ${none}.`;
  },
  REFERENCE_BROKEN: ({ count }) =>
    `${countText(count, nouns.reference)} nowhere: no plan can be made of it, and so an apply mends nothing.`,
  PUSH_FAILED: ({ count, severity }) => {
    const what = `${countText(count, nouns.object)}`;
    const [they, them] = [by(count, 'it is', 'they are'), by(count, 'it', 'them')];
    return severity === 'warns'
      ? `${what} that documents need failed to be pushed; what needs ${them} may fail too.`
      : `${what} failed to be pushed, and ${by(count, 'stays', 'stay')} where ${they} until the reason is mended and ${they} pushed again.`;
  },
};

/** What a gap is, in one sentence that a finance person can read. */
export function messageOf(code: ProblemCode, told: Told): string {
  const message = messages[code];
  if (message) return message(told);
  throw new Error(`no gap ${code}`);
}
