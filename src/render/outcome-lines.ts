import type { Outcome } from '../model/outcome.ts';
import type { Action, Change } from '../model/plan.ts';
import { labelText } from './label-text.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { nounOf, ruleKey, ruleName } from './rule-group-text.ts';
import { counted, numberText } from './summary-text.ts';

/** An outcome with the change that it is of; null where that is not at hand. */
export interface Done {
  readonly outcome: Outcome;
  readonly change: Change | null;
}

/** Outcomes of one kind that are listed one by one; the run record has all of them. */
const listed = 40;
const shownLabels = 3;

/** What an action is called once it is done. */
export const pastOf: Readonly<Record<Action, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  set: 'set',
  assign: 'assigned',
  unassign: 'unassigned',
};

/** What went well with the changes of one kind: done, already done, overtaken. */
export function outcomeLines(all: readonly Done[], paint: Paint): readonly string[] {
  const of = (status: Outcome['status']) => all.filter(({ outcome }) => outcome.status === status);
  return [
    ...appliedLines(of('applied'), paint),
    ...alikeLines(of('already_done'), ' already done', paint),
    ...[...groupBy(of('overtaken'), reasonOf)].flatMap(([reason, some]) =>
      alikeLines(some, ` overtaken${reason === '' ? '' : `: ${reason}`}`, paint),
    ),
  ];
}

/** Done changes one by one, but those by one rule together, and of very many the first ones. */
function appliedLines(applied: readonly Done[], paint: Paint): readonly string[] {
  const groups = groupBy(applied, ({ change, outcome }) => (change && ruleKey(change)) ?? outcome.address);
  const lines = [...groups.values()].map((some) => `${paint.green('✓')} ${doneText(some, paint)}`);
  const rest = [...groups.values()].slice(listed).flat();
  return rest.length === 0 ? lines : [...lines.slice(0, listed), restText(rest)];
}

/** `… and 960 more: 910 created, 50 deleted`. */
function restText(rest: readonly Done[]): string {
  const counts = [...groupBy(rest, ({ outcome }) => pastOf[outcome.action])].map(
    ([past, some]) => `${numberText(some.length)} ${past}`,
  );
  return `… and ${numberText(rest.length)} more: ${counts.join(', ')} (ledgerform history shows them)`;
}

function doneText(some: readonly Done[], paint: Paint): string {
  const [first] = some;
  if (!first) return '';
  const { change, outcome } = first;
  const verb = pastOf[outcome.action];
  if (change === null || ruleKey(change) === null) return `${verb} ${nameOf(first, paint)}`;
  const place =
    change.source === null ? '' : `  ${paint.dim(printable(`${change.source.file}:${change.source.line}`))}`;
  return `${verb} ${counted(some.length, nounOf(change))} by ${ruleName(change)}${place}`;
}

/** Several of which the same is to be said, in one line or two. */
function alikeLines(some: readonly Done[], what: string, paint: Paint): readonly string[] {
  if (some.length <= shownLabels)
    return some.map((each) => `${paint.dim('=')} ${nameOf(each, paint)} was${what}`);
  return [
    `${paint.dim('=')} ${numberText(some.length)} were${what}`,
    `    ${labelLines(some, shownLabels).join(', ')}`,
  ];
}

/** The first labels of many, and how many more there are. */
export function labelLines(some: readonly Done[], most: number): readonly string[] {
  const labels = some
    .slice(0, most)
    .map(({ change, outcome }) => labelText(change?.label || outcome.address));
  return some.length > most ? [...labels, `and ${numberText(some.length - most)} more`] : labels;
}

/** What an outcome is of: an address with its label, or for an assignment what its object is called. */
export function nameOf({ change, outcome }: Done, paint: Paint): string {
  const { action, address } = outcome;
  const label = change?.label ?? '';
  if (label === '') return printable(address);
  return action === 'assign' || action === 'unassign'
    ? labelText(label)
    : `${printable(address)}  ${paint.dim(labelText(label))}`;
}

/** Why, without the name of the one object that it is said of. */
export function reasonOf({ change, outcome }: Done): string {
  const message = outcome.error?.message ?? '';
  const label = `${change?.label ?? ''}: `;
  return printable(message.startsWith(label) ? message.slice(label.length) : message).replace(/\.$/, '');
}

/** Items by a key, in order of first appearance. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
