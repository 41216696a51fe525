import type { CollectionKind } from '../../model/kind.ts';
import { lineLabel } from '../../model/labels.ts';
import type { LiveLine } from '../../model/live.ts';
import { isEditable } from '../../model/payable-status.ts';
import { lineAddress } from '../../model/value.ts';
import { accountKind, rateKind } from '../needed-kinds.ts';
import type { Finding, Judging } from './finding.ts';
import { pointerFindings } from './pointer-findings.ts';
import { taxFinding } from './tax-findings.ts';
import type { Wish } from './wishes.ts';

/** What keeps bills from being pushed: each line needs an account, and a rate of its value or one that it points to. */
export function billFindings(judging: Judging): readonly Finding[] {
  return (judging.live.lines ?? []).flatMap((each) => lineFindings(each, judging));
}

function lineFindings(each: LiveLine, judging: Judging): readonly Finding[] {
  const { line } = each;
  const [account, rate] = [accountKind(judging.kinds), rateKind(judging.kinds)];
  const wish = { account: wishFor(each, account, judging), rate: wishFor(each, rate, judging) };
  const ofAccount = {
    ...placeOf(each, account),
    kind: account,
    target: line.ledger_account_id,
    wish: wish.account,
    unset: 'LINE_WITHOUT_ACCOUNT' as const,
  };
  const place = placeOf(each, rate);
  const ofRate = { ...place, kind: rate, target: line.accounting_tax_rate_id, wish: wish.rate, unset: null };
  return [
    ...pointerFindings(ofAccount, judging),
    ...pointerFindings(ofRate, judging),
    ...taxFinding(place, line, wish.rate, judging),
  ];
}

/** An apply fails for lines of bills that can no longer be changed, so it mends nothing of them. */
const wishFor = (each: LiveLine, kind: CollectionKind, { wishes }: Judging): Wish | null =>
  isEditable(each.payable.status) ? wishes.line(each, kind) : null;

/** A line as a place that points, or should, to something of a kind. */
function placeOf(each: LiveLine, kind: CollectionKind) {
  const { line, payable } = each;
  return {
    type: 'bills' as const,
    object: payable.id,
    id: lineAddress(payable.id, line.id),
    label: lineLabel(payable, line),
    group: groupOf(each),
    severity: 'blocks' as const,
    about: {
      what: 'line' as const,
      kind,
      payable: payable.id,
      id: line.id,
      status: payable.status,
      counterpart: payable.counterpart_name,
      name: line.name,
      description: line.description,
    },
  };
}

/** Lines of one vendor with one name are alike. */
function groupOf({ line, payable }: LiveLine): string {
  const vendor = payable.counterpart_name?.trim() || '(no counterpart)';
  return `${vendor} / ${line.name?.trim() || line.description?.trim() || '(no name)'}`;
}
