import { hundredthsToPercent } from '../../model/percent.ts';
import { rateKind } from '../needed-kinds.ts';
import type { Finding, Judging } from './finding.ts';
import { mends, type Wish } from './wishes.ts';

/** A line with a tax that no rate in the accounting system has, and that points to no rate in its place. */
export function taxFinding(
  place: Omit<Finding, 'code' | 'group' | 'hint' | 'filled'>,
  line: { readonly tax?: number; readonly accounting_tax_rate_id: string | null },
  wish: Wish | null,
  { kinds, targets }: Judging,
): readonly Finding[] {
  const { accounting_tax_rate_id: chosen, tax } = line;
  if (tax === undefined || chosen !== null || targets.hasRate(tax)) return [];
  return [
    {
      ...place,
      code: 'TAX_VALUE_UNKNOWN',
      group: tax === 0 ? '0% (no tax)' : hundredthsToPercent(tax),
      hint: null,
      filled: mends(wish, rateKind(kinds), null, targets),
    },
  ];
}
