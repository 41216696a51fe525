import type { SyncedRecord } from '../model/synced-record.ts';
import { type Cause, type Remedy, remedies } from './remedies.ts';

/*
 * Why something could not be pushed stands in its record in the words of two accounting systems and of the services
 * between, and nobody documents them. So words are matched liberally, and the narrow causes come before the wide ones. What
 * no pattern knows is told as it is: a wrong remedy is worse than none.
 */

type Failed = Pick<SyncedRecord, 'object_type' | 'errors'>;

/** What is not there, not chosen, or not what it should be. */
const lacking =
  /\b(?:missing|lacks?|lacking|without|no|not|none|never|cannot|(?:can|could|does|has|is)n.?t|unknown|unmapped|unset|empty|null|required?|requires|must|needs?|invalid|archived|inactive|deleted|unable)\b/;
const rate =
  /\b(?:tax|vat|gst) ?(?:rates?|codes?|types?)\b|(?<!\b(?:exchange|currency|conversion) )\brates?\b(?! limit)/;
const account = /\b\w*accounts?(?:ids?)?\b|\b(?:ledger|nominal|gl) codes?\b/;

/** `payments account`, `account for payments`, `ledger_account_ids.payments`: a payment alone may be a name. */
function accountOfThe(setting: string): RegExp {
  return new RegExp(`\\b${setting} (?:\\w+ )?accounts?\\b|\\baccounts? ?(?:ids?[. ]|for )${setting}\\b`);
}

/** An account that is there and closed, which no assignment of it mends. */
const archived =
  /\b(?:archived|inactive|deactivated|disabled) (?:\w+ )?accounts?\b|\baccounts?\b.{0,80}\b(?:is|was|been) (?:archived|inactive|deactivated|disabled)\b/;
const books = '(?:the accounting system|xero|quickbooks)';
/** An account that is assigned and that the accounting system does not have. */
const absent = new RegExp(
  `\\b${books} (?:does not|doesn.?t) (?:have|know)\\b|\\bnot (?:found|exist|known) (?:in|to) ${books}\\b`,
);

const isLacking = (thing: RegExp) => (text: string) => thing.test(text) && lacking.test(text);
const says = (sentence: RegExp) => (text: string) => sentence.test(text);

/** The first that holds for any text is the cause. */
const patterns: readonly { readonly cause: Cause; readonly holds: (text: string) => boolean }[] = [
  {
    cause: 'period',
    holds: says(
      /\block(?:ed)? date|\bclos(?:ed|ing) (?:date|period|books?)|\bperiod (?:is |was )?(?:closed|locked)|\blocked period|\bbooks? (?:are|is) closed/,
    ),
  },
  {
    cause: 'duplicate',
    holds: says(/\bduplicated?\b|\balready (?:exists|(?:been |in )?used?)\b|\b(?:must be|not) unique\b/),
  },
  {
    cause: 'connection',
    holds: says(
      /\b(?:not|never|no longer) connected\b|\bno (?:\w+ ){0,2}connection\b|\bconnection (?:\w+ ){0,4}(?:not|inactive|expired|revoked|lost|broken|invalid)\b|\bdisconnected\b|\bde ?authori[sz]ed\b|\bunauthori[sz]ed\b|\bpending auth\b|\bre ?authori[sz]|\btoken (?:\w+ ){0,2}(?:expired|revoked|invalid)\b/,
    ),
  },
  {
    cause: 'passing',
    holds: says(
      /\brate limit|\btoo many requests\b|\btime(?:d |-)?out\b|\btemporar(?:y|ily)\b|\btry again\b|\bunavailable\b|\binternal (?:server )?error\b|\bbad gateway\b/,
    ),
  },
  { cause: 'deductions', holds: isLacking(/\bdeductions?\b|\bincentives?\b|\btax ids\b/) },
  { cause: 'rate', holds: isLacking(rate) },
  { cause: 'archived', holds: says(archived) },
  { cause: 'absent', holds: (text) => account.test(text) && absent.test(text) },
  { cause: 'payments', holds: isLacking(accountOfThe('payments?')) },
  { cause: 'products', holds: isLacking(accountOfThe('products?')) },
  { cause: 'partner', holds: isLacking(/\b(?:customers?|vendors?|suppliers?|contacts?|counterparts?)\b/) },
  { cause: 'lines', holds: isLacking(account) },
];

/** What usually helps a failed record, for each of the causes that are known, in the order of its errors. */
export const remediesOf = (failed: Failed): readonly Remedy[] =>
  causesOf(failed).map((cause) => remedies[cause]);

/** The first of them; null where what went wrong is none of the causes that are known. */
export const remedyOf = (failed: Failed): Remedy | null => remediesOf(failed)[0] ?? null;

/** The causes that the texts of a failed record name, each text one of them, in their order. */
export function causesOf({ errors, object_type }: Failed): readonly Cause[] {
  const causes = errors.flatMap((error): readonly Cause[] => {
    const pattern = patterns[placeOf(error)];
    if (!pattern) return [];
    return [pattern.cause === 'lines' ? accountOf(object_type) : pattern.cause];
  });
  return [...new Set(causes)];
}

/** The pattern of a text: names in brackets and quotation marks say nothing of the cause, unless nothing else does. */
function placeOf(error: string): number {
  const find = (text: string): number => patterns.findIndex(({ holds }) => holds(plainWords(text)));
  const bare = find(error.replace(/\([^()]*\)|“[^”]*”|"[^"]*"|'[^']*'/g, ' … '));
  return bare === -1 ? find(error) : bare;
}

/** `accounting_tax_rate_id` and `TaxType` are words as well. */
const plainWords = (text: string): string =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[\s_]+/g, ' ')
    .toLowerCase();

/** Where only an account is named: each type of object takes it from another place. */
function accountOf(objectType: string): Cause {
  if (objectType === 'payment_record') return 'payments';
  return objectType === 'bill' ? 'lines' : 'products';
}
