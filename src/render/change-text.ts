import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Value } from '../model/value.ts';
import { sameValue } from '../plan/canonical.ts';
import { labelText } from './label-text.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { isLong, textDiff } from './text-diff.ts';
import { holdsReferences, knownAfterApply, type References, referencePair, valueText } from './value-text.ts';

/** What is needed to draw changes. */
export interface ChangeView {
  /** Null where they are not at hand: addresses are shown. */
  readonly references: References | null;
  readonly kinds: Kinds;
  readonly paint: Paint;
  /** Many are shown: what the label says is not said again, and what is short stands beside it. */
  readonly dense?: boolean;
}

/** One change: its sign, address, label and place in the file, and below it the fields that it touches. */
export function changeText(change: Change, view: ChangeView): readonly string[] {
  const { paint } = view;
  const { below, beside } = detailsOf(change, view);
  const why = change.reason === 'config' ? '' : ` ${paint.yellow(`(${change.reason})`)}`;
  const source =
    change.source === null ? '' : `  ${paint.dim(printable(`${change.source.file}:${change.source.line}`))}`;
  return [
    `  ${signText(signOf(change), paint)} ${nameText(change, paint)}${beside}${why}${source}`,
    ...below.map((line) => `      ${line}`),
    ...warningLines(change.warnings, paint).map((line) => `      ${line}`),
  ];
}

const longestBeside = 50;

/** What stands beside the name of a change, and what below it. Of many, what comes or goes is told without what its label says. */
function detailsOf(
  change: Change,
  view: ChangeView,
): { readonly beside: string; readonly below: readonly string[] } {
  if (!view.dense || (change.action !== 'create' && change.action !== 'delete'))
    return { beside: '', below: fieldLines(change, view) };
  const { label } = change;
  const fields =
    change.action === 'create' ? touchedFields(change, view.kinds) : Object.entries(change.before ?? {});
  const unsaid = fields.filter(
    ([, value]) =>
      value !== null && value !== label && !label.startsWith(`${value} `) && !label.endsWith(` ${value}`),
  );
  const columns = Math.max(0, ...unsaid.map(([name]) => name.length));
  const beside = unsaid.map(([name, value]) => `  ${name} ${valueText(value)}`).join('');
  if (beside.length <= longestBeside) return { beside, below: [] };
  return { beside: '', below: unsaid.map(([name, value]) => `${name.padEnd(columns)}  ${valueText(value)}`) };
}

/** What is to be known of a change, and below it what to do about that. */
export const warningLines = (
  warnings: readonly Pick<Problem, 'code' | 'hint' | 'message'>[],
  paint: Paint,
): readonly string[] =>
  warnings.flatMap(({ code, hint, message }) => [
    `${paint.yellow('warning')} ${code}: ${printable(message)}`,
    ...(hint === null ? [] : [`  ${paint.cyan('→')} ${printable(hint)}`]),
  ]);

/** What the file declares goes by its address; an assignment goes by what its object is called, for its address is made of ids. */
export function nameText({ action, address, label }: Change, paint: Paint): string {
  if (label === '') return paint.bold(printable(address));
  return action === 'assign' || action === 'unassign'
    ? `${paint.bold(labelText(label))}  ${paint.dim(printable(address))}`
    : `${paint.bold(printable(address))}  ${labelText(label)}`;
}

export type Sign = '+' | '-' | '~';

/** Terraform's signs: `+` something comes, `-` something goes, `~` something becomes something else. */
export function signOf(change: Pick<Change, 'action' | 'before' | 'after'>): Sign {
  if (change.action === 'create') return '+';
  if (change.action === 'delete') return '-';
  if (change.action === 'update') return '~';
  const empty = (fields: Change['before']) => Object.values(fields ?? {}).every((value) => value === null);
  if (empty(change.after)) return '-';
  return empty(change.before) ? '+' : '~';
}

/** A sign in its colour. */
export const signText = (sign: Sign, paint: Paint): string =>
  (sign === '+' ? paint.green : sign === '-' ? paint.red : paint.yellow)(sign);

function fieldLines(change: Change, view: ChangeView): readonly string[] {
  if (change.action === 'delete') return lostLines(change, view.paint);
  const touched = touchedFields(change, view.kinds);
  const columns = Math.max(2, ...touched.map(([name]) => name.length));
  const lines = touched.flatMap(([name, value]) =>
    fieldLine(change, name.padEnd(columns), name, value, view),
  );
  return change.action === 'create'
    ? [...lines, `${'id'.padEnd(columns)}  ${view.paint.dim(knownAfterApply)}`]
    : lines;
}

/** What a delete loses: every field that is not empty, and the id. */
function lostLines({ before, id }: Change, paint: Paint): readonly string[] {
  const fields = Object.entries(before ?? {}).filter(([, value]) => value !== null);
  const columns = Math.max(2, ...fields.map(([name]) => name.length));
  return [
    ...fields.map(([name, value]) => `${name.padEnd(columns)}  ${valueText(value)}`),
    ...(id === null ? [] : [`${'id'.padEnd(columns)}  ${paint.dim(printable(id))}`]),
  ];
}

/** The fields of a change that become something else, and what. */
export const touchedFields = (change: Change, kinds: Kinds): readonly (readonly [string, Value])[] =>
  Object.entries(change.after ?? {}).filter(([name, value]) => isTouched(change, name, value, kinds));

function isTouched(change: Change, name: string, after: Value, kinds: Kinds): boolean {
  if (change.action === 'create') return after !== null;
  const before = change.before?.[name] ?? null;
  const field = collectionOf(change, kinds)?.fields[name];
  return field === undefined ? before !== after : !sameValue(field, before, after);
}

const collectionOf = (change: Change, kinds: Kinds): CollectionKind | undefined =>
  kinds.collections.find((kind) => kind.name === change.kind);

function fieldLine(
  change: Change,
  title: string,
  name: string,
  after: Value,
  view: ChangeView,
): readonly string[] {
  if (change.action === 'create') return [`${title}  ${valueText(after)}`];
  const before = change.before?.[name] ?? null;
  if (before !== null && after !== null && !holdsReferences(change) && isLong(before, after))
    return [title.trimEnd(), ...textDiff(before, after, view.paint).map((line) => `  ${line}`)];
  const [old, fresh] = valuePair(change, before, after, view);
  return [`${title}  ${old} ${view.paint.yellow('->')} ${fresh}`];
}

/** What a field was and becomes, side by side. */
export const valuePair = (
  change: Change,
  before: Value,
  after: Value,
  { references }: ChangeView,
): readonly [before: string, after: string] =>
  holdsReferences(change) ? referencePair(before, after, references) : [valueText(before), valueText(after)];
