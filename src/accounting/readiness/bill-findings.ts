import type { CollectionKind } from '../../model/kind.ts';
import { lineLabel } from '../../model/labels.ts';
import type { LiveLine } from '../../model/live.ts';
import { lineAddress } from '../../model/value.ts';
import { accountKind, rateKind } from '../needed-kinds.ts';
import type { Finding, Judging } from './finding.ts';
import { pointerFindings } from './pointer-findings.ts';
import { taxFinding } from './tax-findings.ts';

/** What keeps bills from being pushed: each line needs an account, and a rate of its value or one that it points to. */
export function billFindings(judging: Judging): readonly Finding[] {
  return (judging.live.lines ?? []).flatMap((each) => lineFindings(each, judging));
}

function lineFindings(each: LiveLine, judging: Judging): readonly Finding[] {
  const { line, payable } = each;
  const [account, rate] = [accountKind(judging.kinds), rateKind(judging.kinds)];
  const place = {
    type: 'bills' as const,
    object: payable.id,
    id: lineAddress(payable.id, line.id),
    label: lineLabel(payable, line),
    group: groupOf(each),
    severity: 'blocks' as const,
  };
  const about = (kind: CollectionKind): Finding['about'] => ({
    what: 'line' as const,
    kind,
    payable: payable.id,
    id: line.id,
    status: payable.status,
    counterpart: payable.counterpart_name,
    name: line.name,
    description: line.description,
  });
  const wishes = { account: judging.wishes.line(each, account), rate: judging.wishes.line(each, rate) };
  const accounts = pointerFindings(
    {
      ...place,
      about: about(account),
      kind: account,
      target: line.ledger_account_id,
      wish: wishes.account,
      unset: 'LINE_WITHOUT_ACCOUNT',
    },
    judging,
  );
  const rates = pointerFindings(
    {
      ...place,
      about: about(rate),
      kind: rate,
      target: line.accounting_tax_rate_id,
      wish: wishes.rate,
      unset: null,
    },
    judging,
  );
  const values = taxFinding({ ...place, about: null }, line, wishes.rate, judging);
  return [...accounts, ...rates, ...values];
}

/** Lines of one vendor with one name are alike. */
function groupOf({ line, payable }: LiveLine): string {
  const vendor = payable.counterpart_name?.trim() || '(no counterpart)';
  return `${vendor} / ${line.name?.trim() || line.description?.trim() || '(no name)'}`;
}
