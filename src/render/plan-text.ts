import type { Kinds } from '../model/kind.ts';
import type { Change, Plan, Unmanaged } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { alikeText, groupAlike } from './alike-text.ts';
import { type ChangeView, changeText } from './change-text.ts';
import { labelText } from './label-text.ts';
import { isLongPlan, kindsText } from './overview-text.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { type CodeFrame, type LinesOf, problemText } from './problem-text.ts';
import { groupByRule, ruleGroupText, ruleKey } from './rule-group-text.ts';
import { costText, counted, summaryText } from './summary-text.ts';
import { referencesOf } from './value-text.ts';

/** How a plan is shown to people. */
export interface PlanView {
  readonly kinds: Kinds;
  readonly paint: Paint;
  /** `--show-all`: lists in full. */
  readonly showAll: boolean;
  /** `--show-unchanged`: what is already as the file says. */
  readonly unchanged: readonly Address[];
  /** Requests a second that the service allows; null where no apply can follow. */
  readonly limitPerSecond: number | null;
  readonly linesOf: LinesOf;
  readonly frame: CodeFrame;
}

/** Differences that are told and counted apart from a plan, because they are no drift. */
export interface Apart {
  /** What only rules would fill. */
  readonly gaps: readonly Change[];
  /** What the file says and was not applied yet. */
  readonly pending: readonly Change[];
  /** Drift and conflicts that a repair leaves to a person. */
  readonly left?: readonly Change[];
}

const nothingApart: Apart = { gaps: [], pending: [] };

/** A plan for people: its changes by kind, what to know of them, what it costs, and the summary line last. */
export function planText(plan: Plan, view: PlanView, apart: Apart = nothingApart): string {
  const beside = {
    gaps: apart.gaps.length,
    pending: apart.pending.length,
    left: apart.left?.length ?? 0,
  };
  const blocks = [
    ...(isLongPlan(plan)
      ? [
          summaryText(plan, view.paint, beside, 'below'),
          kindsText(plan.changes, (kind) => titleOf(kind, view.kinds), view.paint),
        ]
      : []),
    baseText(plan),
    ...limitTexts(plan, view.paint),
    ...changeBlocks(plan, view),
    ...apartTexts(plan, view, apart),
    unchangedText(view),
    ...plan.warnings.map((each) => problem(each, view)),
    unmanagedText(plan.unmanaged, view),
    view.limitPerSecond === null ? '' : costText(plan, view.limitPerSecond),
    summaryText(plan, view.paint, beside),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

/** Against what was last applied, where that is known. */
const baseText = ({ config }: Plan): string =>
  config.base === null ? '' : `Compared with the base ${printable(config.base.slice(0, 12))}.\n`;

/** Only the changes of a plan, by kind, and what is told apart. */
export const changesText = (plan: Plan, view: PlanView, apart: Apart = nothingApart): string =>
  [...changeBlocks(plan, view), ...apartTexts(plan, view, apart)]
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');

/** What the options of a plan limit it to and let pass; empty where there is nothing to say. */
export function limitTexts({ config }: Pick<Plan, 'config'>, paint: Paint): readonly string[] {
  const { in_use, deletes, overwrites, dirty } = config.allowed;
  const allowed = [
    ...in_use.map((address) => `--allow-in-use ${printable(address)}`),
    ...(deletes === null ? [] : [`--allow-deletes ${deletes}`]),
    ...(overwrites === null ? [] : [`--allow-overwrites ${overwrites}`]),
    ...(dirty ? ['--allow-dirty'] : []),
  ];
  const targets = config.targets ?? [];
  return [
    targets.length === 0
      ? ''
      : `${paint.yellow('Limited')} to ${targets.map(printable).join(', ')}; other differences are not in this plan.\n`,
    allowed.length === 0 ? '' : `${paint.yellow('Allowed')} by ${allowed.join(' ')}.\n`,
  ];
}

/** A block for each kind, in the order in which kinds first appear in the plan. */
function changeBlocks(plan: Plan, view: PlanView): readonly string[] {
  const byKind = groupByKind(plan.changes);
  const { kinds, paint } = view;
  const shown = { references: referencesOf(plan), kinds, paint, dense: isLongPlan(plan) && !view.showAll };
  return [...byKind].map(([kind, changes]) => {
    return blockText(titleOf(kind, view.kinds), changes, shown, view.showAll);
  });
}

const apartTexts = (plan: Plan, view: PlanView, { gaps, pending }: Apart): readonly string[] => [
  apartText('Not applied yet, no drift', pending, plan, view),
  apartText('Gaps that rules would fill, no drift', gaps, plan, view),
];

/** Of every kind in one block, as it is nothing that has drifted. */
function apartText(title: string, changes: readonly Change[], plan: Plan, view: PlanView): string {
  if (changes.length === 0) return '';
  const shown = { references: referencesOf(plan), kinds: view.kinds, paint: view.paint };
  return blockText(title, changes, shown, view.showAll);
}

function blockText(title: string, changes: readonly Change[], view: ChangeView, showAll: boolean): string {
  const byRule = groupByRule(changes);
  const groups = view.dense ? groupAlike(byRule, view) : byRule;
  const lines = groups.flatMap((group) => groupText(group, view, showAll));
  return `${view.paint.bold(title)}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function groupText(group: readonly Change[], view: ChangeView, showAll: boolean): readonly string[] {
  const [first] = group;
  if (!first) return [];
  if (group.length > 1 && ruleKey(first) === null) return alikeText(group, view);
  return ruleKey(first) === null ? changeText(first, view) : ruleGroupText(group, view, showAll);
}

function groupByKind(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.kind);
    if (group) group.push(change);
    else groups.set(change.kind, [change]);
  }
  return groups;
}

/** `Ledger accounts` for `ledger_account`. */
export function titleOf(kind: string, kinds: Kinds): string {
  const many =
    kinds.collections.find((each) => each.name === kind)?.noun.many ?? `${kind.replaceAll('_', ' ')}s`;
  return many.charAt(0).toUpperCase() + many.slice(1);
}

function unchangedText({ unchanged, paint }: PlanView): string {
  if (unchanged.length === 0) return '';
  return `${paint.bold('Unchanged')}\n${unchanged.map((address) => `  ${paint.dim('=')} ${printable(address)}\n`).join('')}`;
}

const problem = (each: Problem, view: PlanView): string =>
  problemText(each, view.paint, view.linesOf, view.frame);

function unmanagedText(unmanaged: readonly Unmanaged[], view: PlanView): string {
  if (unmanaged.length === 0) return '';
  const is = unmanaged.length === 1 ? 'is' : 'are';
  const intro = `${counted(unmanaged.length, 'internal object')} ${is} not managed by this file and ${is} left alone`;
  if (!view.showAll) return `${intro} (--show-all lists them).\n`;
  const lines = unmanaged.map(({ address, code, name }) => {
    const label = [code, name].filter((part) => part !== null).join(' ');
    return `  ${printable(address)}  ${labelText(label)}\n`;
  });
  return `${intro}:\n${lines.join('')}`;
}
