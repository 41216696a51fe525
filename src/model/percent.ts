const form = /^\s*(\d{1,5})(?:\.(\d{1,2}))?\s*%\s*$/;

/** Exact 1/100 % of a text like `7.5%`, or null when the text is no percentage with at most two decimals. No floating point. */
export function percentToHundredths(text: string): number | null {
  const match = form.exec(text);
  if (!match) return null;
  const [, whole = '', decimals = ''] = match;
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** The shortest text for 1/100 %: 750 is `7.5%`, 2000 is `20%`. */
export function hundredthsToPercent(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : '';
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  const decimals = digits.slice(-2).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -2)}${decimals === '' ? '' : `.${decimals}`}%`;
}
