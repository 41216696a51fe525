import type { Change } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { Value } from '../../model/value.ts';
import { type ChangeView, touchedFields } from '../change-text.ts';
import { labelText } from '../label-text.ts';
import { paint } from '../paint.ts';
import { ruleName } from '../rule-group-text.ts';
import { isLong, textDiff } from '../text-diff.ts';
import { holdsReferences, knownAfterApply, referencePair } from '../value-text.ts';
import { lines, type Markup, markup, nothing } from './markup.ts';
import type { Anchors } from './standing-out.ts';

/** How changes are told. */
export interface Telling {
  readonly view: ChangeView;
  /** What is said of each in its first cell. */
  readonly says: (change: Change) => Badge;
  /** What the old and the new value are called. */
  readonly sides: readonly [was: string, becomes: string];
  /** What stands on a side where nothing is. */
  readonly absent: readonly [was: string, becomes: string];
  /** What is said of all of a section. */
  readonly counts: (changes: readonly Change[]) => string;
  /** What the rows are called to which something leads. */
  readonly anchors: Anchors;
  /** The changes are those of several organizations, so ids would be those of one of them. */
  readonly several: boolean;
}

/** A few words of ours, in a colour that says nothing more. */
export interface Badge {
  readonly text: string;
  readonly tone: 'add' | 'take' | 'alter' | 'plain';
}

/** Words of ours that stand out. */
export const badge = ({ text, tone }: Badge): Markup => markup`<span class="badge ${tone}">${text}</span>`;

/** Changes as a table: what it is called, each field with what it was and what it becomes, and why. Those `ofRule` have that said above them. */
export function changeTable(
  caption: string,
  changes: readonly Change[],
  telling: Telling,
  ofRule = false,
): Markup {
  const [was, becomes] = telling.sides;
  const why = ofRule ? nothing : markup`<th scope="col">Why, and where from</th>`;
  return markup`<table class="changes"><caption>${caption}</caption>
<thead><tr><th scope="col">What</th><th scope="col">Field</th><th scope="col">${was}</th><th scope="col">${becomes}</th>${why}</tr></thead>
${changes.map((change) => changeRows(change, telling, ofRule))}</table>
`;
}

function changeRows(change: Change, telling: Telling, ofRule: boolean): Markup {
  const fields = fieldCells(change, telling);
  const notes =
    change.warnings.length === 0
      ? []
      : [markup`<td class="wide" colspan="3">${change.warnings.map(note)}</td>`];
  const [first = markup`<td class="wide" colspan="3"></td>`, ...rest] = [...fields, ...notes];
  const span = 1 + rest.length;
  const why = ofRule ? nothing : markup`<td class="why" rowspan="${span}">${whyOf(change)}</td>`;
  const anchor = telling.anchors.get(change);
  const name = anchor === undefined ? nothing : markup` id="${anchor}"`;
  return markup`<tbody${name} data-item data-kind="${change.kind}" data-action="${change.action}" data-reason="${change.reason}"><tr><th scope="rowgroup" rowspan="${span}">${badge(telling.says(change))} ${nameOf(change, telling.several)}</th>${first}${why}</tr>${rest.map((cells) => markup`<tr>${cells}</tr>`)}</tbody>
`;
}

/** Code and name before address and id. */
function nameOf({ action, address, id, kind, label }: Change, several: boolean): Markup {
  const assigns = action === 'assign' || action === 'unassign';
  const idOnly = assigns || address.endsWith(']');
  const places = idOnly ? [id ?? address] : [address, kind === 'setting' || id === null ? '' : id];
  const shown = places.filter((each, at) => each !== '' && !(several && (idOnly || at > 0)));
  return markup`<b>${label === '' ? address : labelText(label)}</b>${shown.map((each) => markup`<code>${each}</code>`)}`;
}

function fieldCells(change: Change, { absent, sides: [was, becomes], view }: Telling): readonly Markup[] {
  const cells = (name: string, before: Markup, after: Markup): Markup =>
    markup`<td class="field">${name.replaceAll('_', ' ')}</td><td class="was" data-label="${was}">${before}</td><td class="becomes" data-label="${becomes}">${after}</td>`;
  if (change.action === 'delete')
    return Object.entries(change.before ?? {})
      .filter(([, value]) => value !== null)
      .map(([name, value]) => cells(name, shownValue(value), none(absent[1])));
  return touchedFields(change, view.kinds).map(([name, after]) => {
    if (change.action === 'create') return cells(name, none(absent[0]), shownValue(after));
    const before = change.before?.[name] ?? null;
    if (holdsReferences(change)) {
      const [old, fresh] = referencePair(before, after, view.references);
      return cells(
        name,
        before === null ? none(old) : referenceOf(old),
        after === null ? none(fresh) : referenceOf(fresh),
      );
    }
    if (before !== null && after !== null && isLong(before, after))
      return markup`<td class="field">${name.replaceAll('_', ' ')}</td><td class="wide" colspan="2">${textDiff(before, after, paint(false)).map(diffLine)}</td>`;
    return cells(name, shownValue(before), shownValue(after));
  });
}

/** A text that says in brackets that it is none gets quotes, so that it is told from one that is none. */
function shownValue(value: Value): Markup {
  if (value === null) return none('(none)');
  return value.startsWith('(') ? markup`“${lines(value)}”` : lines(value);
}

/** What the plan creates is not there yet. */
const referenceOf = (text: string): Markup =>
  text.endsWith(knownAfterApply)
    ? markup`${text.slice(0, -knownAfterApply.length)}${none('(new)')}`
    : markup`${text}`;

const none = (text: string): Markup => markup`<span class="none">${text}</span>`;

/** A line of a difference, which begins with its sign. */
function diffLine(line: string): Markup {
  if (line.startsWith('-')) return markup`<del>${line}</del>`;
  if (line.startsWith('+')) return markup`<ins>${line}</ins>`;
  return markup`<span class="same">${line.replace(/^\|/, ' ')}</span>`;
}

/** What is to be known, and what to do about it. */
export const note = ({ code, hint, message }: Pick<Problem, 'code' | 'hint' | 'message'>): Markup =>
  markup`<div class="note"><b>Warning:</b> ${lines(message)} <code>${code}</code>${hint === null ? nothing : markup`<div class="mend">${lines(hint)}</div>`}</div>`;

function whyOf(change: Change): Markup {
  const { source } = change;
  const place = source === null ? nothing : markup`<code>${source.file}, line ${source.line}</code>`;
  return markup`${reasonWords(change)}${place}`;
}

/** Why a change is made, as somebody says it who does not know the file. */
function reasonWords(change: Change): Markup {
  switch (change.reason) {
    case 'config':
      return markup`The file says so`;
    case 'drift':
      return markup`${badge({ text: 'drift', tone: 'alter' })} Somebody changed it outside of the file`;
    case 'conflict':
      return markup`${badge({ text: 'conflict', tone: 'take' })} Changed in the file and outside of it; the file wins`;
    case 'prune':
      return markup`The file does not have it (prune)`;
    case 'rule':
      return markup`By ${ruleName(change)}`;
  }
}
