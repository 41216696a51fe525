import type { Kinds } from '../model/kind.ts';
import type { Origin } from '../model/problem.ts';
import type { Value } from '../model/value.ts';
import type { ExplainedField, ExplainedItem, Explanation } from '../plan/explain-types.ts';
import { changeText } from './change-text.ts';
import { labelText } from './label-text.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { type CodeFrame, type LinesOf, problemText } from './problem-text.ts';
import { counted } from './summary-text.ts';
import { table } from './table.ts';
import { type References, referenceText, valueText } from './value-text.ts';

interface ExplanationView {
  readonly kinds: Kinds;
  readonly paint: Paint;
  readonly linesOf: LinesOf;
  readonly frame: CodeFrame;
  /** Of the terminal; infinite elsewhere. */
  readonly columns: number;
}

const indent = 2;

/** Items that do not match which are listed. */
const listed = 20;

/** Where everything at an address comes from, for people. */
export function explanationText(explanation: Explanation, view: ExplanationView): string {
  const { address, change, items, label, problems } = explanation;
  const { kinds, paint } = view;
  const references: References = { live: explanation.references, planned: new Map() };
  const blocks = [
    `${paint.bold(printable(address))}  ${labelText(label)}\n${factLines(explanation, paint).join('')}`,
    fieldsText(explanation, references, view.columns),
    items.length === 0 ? '' : itemsText(items, references, paint),
    ...problems.map((each) => problemText(each, paint, view.linesOf, view.frame)),
    change === null
      ? 'A plan would change nothing here.\n'
      : `A plan would ${change.action} it:\n${changeText(change, { references, kinds, paint }).join('\n')}\n`,
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

function factLines(
  { found_by, hidden, live, look_up, origin, type }: Explanation,
  paint: Paint,
): readonly string[] {
  const kind =
    live?.external === null || !live ? '' : live.external ? ', of the accounting system' : ', internal';
  const status = live?.status ? `, ${printable(live.status)}` : '';
  const object = live ? `${labelText(live.label)} (id ${printable(live.id)})${kind}${status}` : 'nothing';
  const stated = origin === null ? 'nowhere: it is not managed' : place(origin);
  const facts: readonly (readonly [string, string])[] = [
    ['stated', look_up === null ? stated : `${stated}  ${printable(look_up)}`],
    ...hidden.map(({ origin: at, value }): readonly [string, string] =>
      value === null
        ? ['dropped', `${place(at)}  by null: nothing from below counts`]
        : ['hidden', `${place(at)}  ${printable(value)}`],
    ),
    ...(type === 'setting' ? [] : [['live', object] as const]),
    ...(found_by === null ? [] : [['found by', printable(found_by)] as const]),
  ];
  return facts.map(([name, text]) => `  ${paint.dim(name.padEnd(8))}  ${text}\n`);
}

const place = ({ file, line, column }: Origin): string => printable(`${file}:${line}:${column}`);

/** The value that won, and under it those that it hides. */
function fieldsText({ fields, type }: Explanation, references: References, columns: number): string {
  const isReference = type !== 'entry' && type !== 'external' && type !== 'unkeyed';
  const text = (value: Value) => (isReference ? referenceText(value, references) : valueText(value));
  // What only a hidden value refers to need not be there, now or after an apply.
  const hiddenText = (value: Value) =>
    isReference && value !== null && !Object.hasOwn(references.live, value) ? printable(value) : text(value);
  const rows = fields.flatMap(({ base, desired, hidden, live, managed, name, origin }: ExplainedField) => [
    [name, managed ? text(desired) : '(not managed)', origin === null ? '' : place(origin), text(live)],
    ...hidden.map((lower) => ['  hidden', hiddenText(lower.value), place(lower.origin), '']),
    ...(base === undefined ? [] : [['  base', hiddenText(base), '', '']]),
  ]);
  const titles = ['field', 'file', 'from', 'live'];
  return table(titles, rows, ['from'], columns - indent).replaceAll(/^(?=.)/gm, '  ');
}

function itemsText(items: readonly ExplainedItem[], references: References, paint: Paint): string {
  const unmet = items.filter(({ verdict }) => verdict === 'unmet');
  const hidden = new Set(unmet.slice(listed));
  const winner = items.find(({ verdict }) => verdict === 'won');
  const lines = items
    .filter((item) => !hidden.has(item))
    .map((item) => `  ${itemText(item, winner, references, paint)}\n`);
  const rest =
    hidden.size === 0
      ? ''
      : `  and ${counted(hidden.size, 'more item')} that it does not meet (--json has all)\n`;
  return `${paint.bold('Who has the say')}\n${lines.join('')}${rest}`;
}

const nameOf = ({ rule, type }: ExplainedItem): string =>
  type === 'specific' ? 'specific entry' : rule === null ? 'rule' : `rule ${labelText(rule)}`;

function itemText(
  item: ExplainedItem,
  winner: ExplainedItem | undefined,
  references: References,
  paint: Paint,
): string {
  const { origin, overwrite, targets, unmet, verdict } = item;
  const what = Object.entries(targets).map(([kind, to]) => `${kind} ${referenceText(to, references)}`);
  const how = overwrite ? '' : ', only where there is none';
  const why = {
    won: paint.green('won'),
    beaten: `lost: it matches too, but ${winner ? `the ${nameOf(winner)} (${place(winner.origin)})` : 'another item'} has the say`,
    unmet: `does not match: ${unmet.map(printable).join(', ')}`,
  }[verdict];
  const sign = verdict === 'won' ? paint.green('✓') : paint.dim('·');
  return `${sign} ${nameOf(item)}  ${paint.dim(place(origin))}  ${why}  ${paint.dim(`(${what.join(', ')}${how})`)}`;
}
