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
};

/** What a gap is, in one sentence that a finance person can read. */
export function messageOf(
  code: ProblemCode,
  severity: GapSeverity,
  count: number,
  groups: number,
  kinds: Kinds,
): string {
  const [account, rate] = [accountKind(kinds), rateKind(kinds)];
  const either =
    groups === 1 ? `${account.noun.one} or ${rate.noun.one}` : `${account.noun.many} or ${rate.noun.many}`;
  const many = count !== 1;
  const products = slotNamed(kinds, 'products').address;
  switch (code) {
    case 'PRODUCT_WITHOUT_ACCOUNT':
    case 'INLINE_WITHOUT_ACCOUNT': {
      const what = countText(count, code === 'PRODUCT_WITHOUT_ACCOUNT' ? nouns.product : nouns.inline);
      return severity === 'covered'
        ? `${what} ${many ? 'have' : 'has'} no ${account.noun.one} of ${many ? 'their' : 'its'} own, and ${many ? 'get' : 'gets'} that of ${products}.`
        : `${what} ${many ? 'have' : 'has'} no ${account.noun.one}, and ${products} is not set.`;
    }
    case 'LINE_WITHOUT_ACCOUNT':
      return `${countText(count, nouns.line)} ${many ? 'have' : 'has'} no ${account.noun.one}.`;
    case 'PAYMENTS_ACCOUNT_UNSET':
      return `${slotNamed(kinds, 'payments').address} is not set: without it no payment can be pushed.`;
    case 'DEDUCTIONS_RATE_UNSET':
      return `${slotNamed(kinds, 'deductions').address} is not set: invoices with deductions cannot be pushed; all others can.`;
    case 'DEDUCTIONS_RATE_UNSUITABLE':
      return `${slotNamed(kinds, 'deductions').address} points to a ${rate.noun.one} of another value than 0%: invoices with deductions may not be pushed.`;
    case 'TAX_VALUE_UNKNOWN':
      return `${countText(count, nouns.anyLine)} ${many ? 'have a tax' : 'has a tax'} that no ${rate.noun.one} in the accounting system has.`;
    case 'TARGET_MISSING':
      return `${countText(count, nouns.place)} ${many ? 'point' : 'points'} to ${groups === 1 ? 'a' : groups} ${either} that ${groups === 1 ? 'does' : 'do'} not exist any more.`;
    case 'TARGET_ARCHIVED':
      return `${countText(count, nouns.place)} ${many ? 'point' : 'points'} to ${groups === 1 ? 'an archived' : `${groups} archived`} ${either}, to which nothing can be posted.`;
    case 'EXTERNAL_MISSING':
      return `${groups === 1 ? 'An internal' : `${groups} internal`} ${either}, to which ${countText(count, nouns.place)} ${many ? 'point' : 'points'}, ${groups === 1 ? 'has' : 'have'} no counterpart in the accounting system, neither by code nor by name.`;
    case 'PUSH_FAILED':
      return severity === 'warns'
        ? `${countText(count, nouns.object)} that documents need failed to be pushed; what needs ${many ? 'them' : 'it'} may fail too.`
        : `${countText(count, nouns.object)} failed to be pushed, and ${many ? 'stay' : 'stays'} where ${many ? 'they are' : 'it is'} until the reason is mended and ${many ? 'they are' : 'it is'} pushed again.`;
    default:
      throw new Error(`no gap ${code}`);
  }
}
