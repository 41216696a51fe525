import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Value } from '../model/value.ts';
import { sameValue } from '../plan/canonical.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { isLong, textDiff } from './text-diff.ts';
import { holdsReferences, knownAfterApply, referenceText, valueText } from './value-text.ts';

interface View {
  readonly references: Plan['observed']['references'];
  readonly kinds: Kinds;
  readonly paint: Paint;
}

/** One change: its sign, address, label and place in the file, and below it the fields that it touches. */
export function changeText(change: Change, view: View): readonly string[] {
  const { paint } = view;
  const sign = signOf(change);
  const label = change.label === '' ? '' : `  ${printable(change.label)}`;
  const why = change.reason === 'config' ? '' : ` ${paint.yellow(`(${change.reason})`)}`;
  const source =
    change.source === null ? '' : `  ${paint.dim(printable(`${change.source.file}:${change.source.line}`))}`;
  return [
    `  ${brush(sign, paint)(sign)} ${paint.bold(printable(change.address))}${label}${why}${source}`,
    ...fieldLines(change, view).map((line) => `      ${line}`),
    ...change.warnings.map(
      (each) => `      ${paint.yellow('warning')} ${each.code}: ${printable(each.message)}`,
    ),
  ];
}

/** Terraform's signs: `+` something comes, `-` something goes, `~` something becomes something else. */
export function signOf(change: Pick<Change, 'action' | 'before' | 'after'>): '+' | '-' | '~' {
  if (change.action === 'create') return '+';
  if (change.action === 'delete') return '-';
  if (change.action === 'update') return '~';
  const empty = (fields: Change['before']) => Object.values(fields ?? {}).every((value) => value === null);
  if (empty(change.after)) return '-';
  return empty(change.before) ? '+' : '~';
}

const brush = (sign: '+' | '-' | '~', paint: Paint) =>
  sign === '+' ? paint.green : sign === '-' ? paint.red : paint.yellow;

function fieldLines(change: Change, view: View): readonly string[] {
  if (change.action === 'delete')
    return change.id === null ? [] : [view.paint.dim(`id ${printable(change.id)}`)];
  const touched = Object.entries(change.after ?? {}).filter(([name, value]) =>
    isTouched(change, name, value, view.kinds),
  );
  const columns = Math.max(2, ...touched.map(([name]) => name.length));
  const lines = touched.flatMap(([name, value]) =>
    fieldLine(change, name.padEnd(columns), name, value, view),
  );
  return change.action === 'create'
    ? [...lines, `${'id'.padEnd(columns)}  ${view.paint.dim(knownAfterApply)}`]
    : lines;
}

function isTouched(change: Change, name: string, after: Value, kinds: Kinds): boolean {
  if (change.action === 'create') return after !== null;
  const before = change.before?.[name] ?? null;
  const field = collectionOf(change, kinds)?.fields[name];
  return field === undefined ? before !== after : !sameValue(field, before, after);
}

const collectionOf = (change: Change, kinds: Kinds): CollectionKind | undefined =>
  kinds.collections.find((kind) => kind.name === change.kind);

function fieldLine(change: Change, title: string, name: string, after: Value, view: View): readonly string[] {
  const text = (value: Value) =>
    holdsReferences(change) ? referenceText(value, view.references) : valueText(value);
  if (change.action === 'create') return [`${title}  ${text(after)}`];
  const before = change.before?.[name] ?? null;
  if (before !== null && after !== null && !holdsReferences(change) && isLong(before, after))
    return [title.trimEnd(), ...textDiff(before, after, view.paint).map((line) => `  ${line}`)];
  return [`${title}  ${text(before)} ${view.paint.yellow('->')} ${text(after)}`];
}
