import type { World } from '../call.ts';
import { isObject, type Json, type Stored } from '../json.ts';
import type { Organization } from '../state.ts';
import type { Reason } from './reason.ts';
import { externalRates, rateOfValue } from './tax-match.ts';

/** What an id or a value is in the accounting system: found, or the reason why it is not. */
export type Found = { readonly id: string } | { readonly reason: Reason };

/** Where something stands: the field that is to blame, and how a sentence calls it. */
export interface Place {
  readonly field: string;
  readonly words: string;
}

/** What the accounting system knows of accounts and rates, as of the last pull. */
export interface Chart {
  account(id: Json | undefined, place: Place): Found;
  /** By the rate that was chosen or, without one, by the value of the tax; null where there is no tax to say. */
  rate(id: Json | undefined, tax: Json | undefined, place: Place): Found | null;
  /** The id that a setting holds, or null. */
  setting(group: 'ledger_account_ids' | 'tax_ids', name: string): string | null;
}

/** The chart of an organization. */
export function chartOf(organization: Organization, { switches }: Pick<World, 'switches'>): Chart {
  const { ledger_accounts, tax_rates } = organization.collections;
  const rates = externalRates(organization);
  const accounts = [...ledger_accounts.entries()]
    .map(({ value }) => value)
    .filter(({ is_external }) => is_external === true);
  const accountTwin = twins(accounts, 'nominal_code');
  const rateTwin = twins(rates, 'code');
  const over = (own: Stored, twin: Stored | null): string | null => {
    if (own.is_external === true || switches.internal_push === 'accepted') return own.id;
    return switches.internal_push === 'matched' ? (twin?.id ?? null) : null;
  };
  return {
    account: (id, place) => {
      if (typeof id !== 'string') return blamed('ledger_account_missing', place, 'has no ledger account');
      const own = ledger_accounts.get(id)?.value;
      if (!own) return blamed('ledger_account_unknown', place, 'has a ledger account that does not exist');
      if (own.status === 'Archived')
        return blamed('ledger_account_archived', place, `has the archived ledger account ${nameOf(own)}`);
      const found = over(own, accountTwin(own));
      if (found !== null) return { id: found };
      const text = `has the ledger account ${nameOf(own)}, which the accounting system does not have`;
      return blamed('ledger_account_internal', place, text);
    },
    rate: (id, tax, place) => {
      if (typeof id !== 'string') return rateByValue(rates, tax ?? null, place, switches.tax_match);
      const own = tax_rates.get(id)?.value;
      if (!own) return blamed('tax_rate_unknown', place, 'has a tax rate that does not exist');
      const found = over(own, rateTwin(own));
      if (found !== null) return { id: found };
      const text = `has the tax rate ${nameOf(own)}, which the accounting system does not have`;
      return blamed('tax_rate_internal', place, text);
    },
    setting: (group, name) => {
      const { accounting = null } = organization.settings;
      const ids = isObject(accounting) ? (accounting[group] ?? null) : null;
      const id = isObject(ids) ? ids[name] : null;
      return typeof id === 'string' ? id : null;
    },
  };
}

function rateByValue(
  rates: readonly Stored[],
  tax: Json,
  place: Place,
  match: World['switches']['tax_match'],
): Found | null {
  if (tax === null) return null;
  const rate = rateOfValue(rates, tax, match);
  const percent = `${Number(tax) / 100} %`;
  return rate
    ? { id: rate.id }
    : blamed(
        'tax_rate_missing',
        place,
        `has ${percent} tax, and the accounting system has no tax rate of ${percent}`,
      );
}

const blamed = (code: Reason['code'], { field, words }: Place, text: string): Found => ({
  reason: { code, field, message: `${words} ${text}` },
});

/** Finds the external object with the code of an internal one or, where it has none, the name. */
function twins(external: readonly Stored[], code: string): (own: Stored) => Stored | null {
  const by = (member: string) =>
    new Map(external.filter((each) => typeof each[member] === 'string').map((each) => [each[member], each]));
  const [byCode, byName] = [by(code), by('name')];
  return (own) => byCode.get(own[code] ?? '') ?? byName.get(own.name ?? '') ?? null;
}

const nameOf = ({ code, name, nominal_code }: Stored): string =>
  [nominal_code ?? code, name].filter((each) => typeof each === 'string').join(' ') || 'without a name';
