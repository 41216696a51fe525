import type { Change } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import { type ChangeView, touchedFields } from '../change-text.ts';
import { labelText } from '../label-text.ts';
import { paint } from '../paint.ts';
import { firstLabels, groupByRule, nounOf, ruleKey, warningsOf, waysOf } from '../rule-group-text.ts';
import { counted, numberText } from '../summary-text.ts';
import { isLong, textDiff } from '../text-diff.ts';
import { holdsReferences, referencePair, valueText } from '../value-text.ts';
import type { Entry } from './fit.ts';
import { inert, word } from './inert.ts';

/** What stands above the rows. */
export const changeTable = '| | What | Change | Why | Where |\n| --- | --- | --- | --- | --- |\n';

/** What is said of a change in its first cell: `+ create`. */
type Says = (change: Change) => string;

/** Lines of a long text that are shown. */
const shownLines = 12;
/** Ways of one rule that have a row; the rest are counted. */
const shownWays = 5;

/** Changes as rows of a table, those by one rule together. */
export const changeRows = (changes: readonly Change[], view: ChangeView, says: Says): readonly Entry[] =>
  groupByRule(changes).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return ruleKey(first) === null ? [oneRow(first, view, says)] : ruleRows(group, first, view, says);
  });

const oneRow = (change: Change, view: ChangeView, says: Says): Entry => ({
  count: 1,
  text: () =>
    row([
      says(change),
      whatCell(change),
      [...fieldLines(change, view), ...change.warnings.map(warning)].join('<br>'),
      reasonText(change),
      placeText(change),
    ]),
});

/** A row for each old and new account of a rule, with the largest of its objects, which a plan has first. */
function ruleRows(group: readonly Change[], first: Change, view: ChangeView, says: Says): readonly Entry[] {
  const ways = [...waysOf(group, view)].sort(([, a], [, b]) => b.length - a.length);
  const name = first.source?.rule ? `rule ${inert(first.source.rule, 100)}` : 'rule';
  const shown = ways.slice(0, shownWays).map(
    ([, some], at): Entry => ({
      count: some.length,
      text: () => {
        const what = [
          `${counted(some.length, nounOf(first))} by ${name}`,
          ...firstLabels(some, '').map((label) => inert(label, 200)),
        ];
        const warnings = at === 0 ? warningsOf(group).map(warning) : [];
        return row([
          says(some[0] ?? first),
          what.join('<br>'),
          [...fieldLines(some[0] ?? first, view), ...warnings].join('<br>'),
          'rule',
          placeText(first),
        ]);
      },
    }),
  );
  const rest = ways.slice(shownWays).reduce((sum, [, some]) => sum + some.length, 0);
  if (rest === 0) return shown;
  const others = `${counted(rest, nounOf(first))} by ${name} from others`;
  return [...shown, { count: rest, text: () => row([says(first), others, '', 'rule', placeText(first)]) }];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** What is to be known of a change, and what to do about it. */
const warning = ({ code, hint, message }: Pick<Problem, 'code' | 'hint' | 'message'>): string =>
  `⚠ **${word(code)}** ${inert(message)}${hint === null ? '' : `<br>→ ${inert(hint)}`}`;

/** An assignment goes by what its object is called, for its address is made of ids. */
function whatCell({ action, address, label }: Change): string {
  if (label === '') return inert(address, 200);
  const called = inert(labelText(label), 200);
  return action === 'assign' || action === 'unassign' ? called : `${called}<br>${inert(address, 200)}`;
}

function fieldLines(change: Change, view: ChangeView): readonly string[] {
  if (change.action === 'delete')
    return Object.entries(change.before ?? {})
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${fieldName(name)}: ${inert(valueText(value), 200)}`);
  return touchedFields(change, view.kinds).map(([name, after]) => {
    if (change.action === 'create') return `${fieldName(name)}: ${inert(valueText(after), 200)}`;
    const before = change.before?.[name] ?? null;
    if (before !== null && after !== null && !holdsReferences(change) && isLong(before, after))
      return [`${fieldName(name)}:`, ...diffLines(before, after)].join('<br>');
    const [old, fresh] = holdsReferences(change)
      ? referencePair(before, after, view.references)
      : [valueText(before), valueText(after)];
    return `${fieldName(name)}: ${inert(old, 200)} → ${inert(fresh, 200)}`;
  });
}

function diffLines(before: string, after: string): readonly string[] {
  const lines = textDiff(before, after, paint(false));
  const rest = lines.length - shownLines;
  const shown = lines.slice(0, shownLines).map((line) => inert(line, 200));
  return rest > 0 ? [...shown, `… ${numberText(rest)} more lines`] : shown;
}

/** `effective tax rate` */
const fieldName = (name: string): string => word(name).replaceAll('_', ' ');

const reasonText = ({ reason }: Change): string =>
  reason === 'drift' || reason === 'conflict' ? `**${reason}**` : reason;

const placeText = ({ source }: Change): string =>
  source === null ? '' : inert(`${source.file}:${source.line}`, 200);
