import type { Json, Stored } from '../json.ts';
import type { Organization } from '../state.ts';
import type { Switches } from '../switches.ts';

/** The tax rates that came from the accounting system. */
export const externalRates = ({ collections }: Organization): readonly Stored[] =>
  [...collections.tax_rates.entries()].map(({ value }) => value).filter((rate) => rate.is_external === true);

/** The external rate that a tax of a line finds by its value; null where the accounting system has none. */
export const rateOfValue = (
  rates: readonly Stored[],
  tax: Json,
  match: Switches['tax_match'],
): Stored | null => rates.find((rate) => valuesOf(rate, match).includes(tax)) ?? null;

function valuesOf(
  { effective_tax_rate, total_tax_rate }: Stored,
  match: Switches['tax_match'],
): readonly Json[] {
  const both = { effective: [effective_tax_rate ?? null], total: [total_tax_rate ?? null] };
  return match === 'either' ? [...both.effective, ...both.total] : both[match];
}
