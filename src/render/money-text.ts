import { printable } from './printable.ts';

/** Money in minor units as people read it: `EUR 1,234.50`. Without a currency that is known nobody can say where the decimals begin. */
export function moneyText(amount: number, currency: string | null): string {
  if (currency === null || !/^[A-Za-z]{3}$/.test(currency))
    return `${amount.toLocaleString('en-US')} in minor units${currency === null ? '' : ` of ${printable(currency)}`}`;
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'code' });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  // The space behind the code is one that does not break: not every terminal draws it.
  return format.format(amount / 10 ** decimals).replaceAll('\u00a0', ' ');
}
