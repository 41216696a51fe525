import { hundredthsToPercent, percentToHundredths } from '../../model/percent.ts';

/**
 * A rate as spreadsheets write it (`20`, `20.00`, `7,5 %`), or why it is none. Of a bare number between 0 and 1 nobody can tell
 * whether it counts percent or is a fraction, and a wrong rate is worse than none.
 */
export function rateOf(cell: string): { readonly percent: string } | { readonly why: string } {
  if (cell === '') return { why: 'it has no rate' };
  const shown = cell.length > 30 ? `${cell.slice(0, 30)}…` : cell;
  const [, whole = '', decimals = '', sign = ''] = /^(\d{1,3})(?:[.,](\d{1,12}))?\s*(%?)$/u.exec(cell) ?? [];
  const exact = decimals.replace(/0+$/, '');
  if (whole === '' || exact.length > 2 || Number(whole) > 100 || (Number(whole) === 100 && exact !== ''))
    return { why: `its rate ${shown} is no percentage from 0% to 100% with at most two decimals` };
  if (sign === '' && Number(whole) === 0 && exact !== '')
    return {
      why: `nobody can tell whether its rate ${shown} is meant in percent: write it with the sign, such as 20%`,
    };
  const text = `${whole}${exact === '' ? '' : `.${exact}`}%`;
  return { percent: hundredthsToPercent(percentToHundredths(text) ?? 0) };
}
