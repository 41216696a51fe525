import type { Json, JsonObject, Stored } from '../json.ts';
import type { Chart, Place } from './chart.ts';
import type { Reason } from './reason.ts';

/** What becomes of one of our documents over there, or why it cannot. */
export interface Conversion {
  readonly reasons: readonly Reason[];
  readonly document: JsonObject;
}

/** A document's line over there, with what is wrong with it. */
export interface LineConversion {
  readonly reasons: readonly Reason[];
  readonly line: JsonObject;
}

/** Account and tax rate of a line over there. */
export function coded(
  {
    account,
    rate,
    tax,
  }: { readonly account: Json | undefined; readonly rate: Json | undefined; readonly tax: Json | undefined },
  chart: Chart,
  {
    accountField,
    rateField,
    words,
  }: { readonly accountField: string; readonly rateField: string; readonly words: string },
): LineConversion {
  const place = (field: string): Place => ({ field, words });
  const foundAccount = chart.account(account, place(accountField));
  const foundRate = chart.rate(rate, tax, place(rateField));
  return {
    reasons: [foundAccount, foundRate].flatMap((each) =>
      each !== null && 'reason' in each ? [each.reason] : [],
    ),
    line: {
      ledger_account_id: 'id' in foundAccount ? foundAccount.id : null,
      tax_rate_ref: foundRate !== null && 'id' in foundRate ? { id: foundRate.id } : null,
    },
  };
}

/** An amount in minor units as the decimal that accounting systems use; null where there is none. */
export function decimalOf(amount: Json | undefined, currency: Json | undefined): number | null {
  return typeof amount === 'number' ? Number((amount / 10 ** digitsOf(currency)).toFixed(6)) : null;
}

const digits = new Map<string, number>();

/** Decimal places of a currency: 2 where nobody knows it. */
function digitsOf(currency: Json | undefined): number {
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return 2;
  const kept = digits.get(currency);
  if (kept !== undefined) return kept;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  digits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** The text of a member; null where it has none. */
export const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/** How a sentence calls a line. */
export const lineWords = (at: number, name: Json | undefined): string =>
  typeof name === 'string' && name !== '' ? `line ${at + 1} (${name})` : `line ${at + 1}`;

/** The day of a date or a time stamp. */
export const dayOf = (value: Json | undefined): string | null => textOf(value)?.slice(0, 10) ?? null;

/** Vendors and customers have no list here: their name stands in the document. */
export function counterpartName(document: Stored): string | null {
  const { counterpart, counterpart_name, counterpart_raw_data } = document;
  const member = (value: Json | undefined): Json | undefined =>
    typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return textOf(counterpart_name) ?? textOf(member(counterpart)) ?? textOf(member(counterpart_raw_data));
}
