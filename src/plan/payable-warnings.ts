import type { Kinds } from '../model/kind.ts';
import { payableLabel } from '../model/labels.ts';
import type { Live, LiveLine } from '../model/live.ts';
import { isEditable } from '../model/payable-status.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import { lineAddress } from '../model/value.ts';
import { groupBy } from './select.ts';
import { countText, listText } from './words.ts';

const payableNoun = { one: 'payable', many: 'payables' };
const lineNoun = { one: 'line', many: 'lines' };

/** What changes of lines may bring about beyond themselves, each told once with a count. */
export function payableWarnings(
  changes: readonly Change[],
  { lines, collections }: Live,
  kinds: Kinds,
): readonly Problem[] {
  const changed = new Map(
    changes.filter(({ kind }) => kind === 'line_item_assignment').map((change) => [change.address, change]),
  );
  if (changed.size === 0 || !lines) return [];
  const account = kinds.collections.find(({ usedIn }) => usedIn.line === 'ledger_account_id');
  const known = new Set(account ? collections.get(account.collection)?.objects.map(({ id }) => id) : []);
  const changeOf = ({ payable, line }: LiveLine): Change | undefined =>
    changed.get(lineAddress(payable.id, line.id));
  const isCoded = ({ line }: LiveLine): boolean =>
    line.ledger_account_id !== null && known.has(line.ledger_account_id);
  const willBeCoded = (line: LiveLine): boolean => {
    const after = account && changeOf(line)?.after?.[account.name];
    return after === undefined ? isCoded(line) : after !== null;
  };
  const locked = lines.filter((line) => !isEditable(line.payable.status) && changeOf(line));
  const moving = [...groupBy(lines, ({ payable }) => payable.id).values()].filter(
    (ofOne) => ofOne.some((line) => !isCoded(line)) && ofOne.every(willBeCoded),
  );
  return [
    // Sorted: plans of the same inputs say the same, in whatever order the payables were read.
    ...mayMove(moving.flatMap(([first]) => (first ? [payableLabel(first.payable)] : [])).sort()),
    ...mayBeLocked(locked),
  ];
}

function mayMove(labels: readonly string[]): readonly Problem[] {
  if (labels.length === 0) return [];
  const message = `This plan fills the last gap of ${countText(labels.length, payableNoun)}, which may then move on and be pushed to the accounting system: ${listText(labels, 5)}.`;
  const hint = 'Check their accounts before you apply.';
  return [warningProblem('PAYABLE_MAY_MOVE', message, { hint })];
}

function mayBeLocked(locked: readonly LiveLine[]): readonly Problem[] {
  if (locked.length === 0) return [];
  const statuses = [...new Set(locked.map(({ payable }) => payable.status))].sort().join(', ');
  const message = `${countText(locked.length, lineNoun)} that this plan changes stand in payables that were submitted already (${statuses}), and the service may refuse to change them.`;
  const hint = 'What is refused fails alone; the rest is carried out.';
  return [warningProblem('PAYABLE_LOCKED', message, { hint })];
}
