import type { Plan } from '../../model/plan.ts';
import type { OrganizationResult } from '../../model/result.ts';
import { type Alike, alike } from '../../plan/alike.ts';
import { type Apart, changesText, limitTexts, type PlanView } from '../plan-text.ts';
import { printable } from '../printable.ts';
import { counted, numberText } from '../summary-text.ts';

/** A plan as it is shown, whose it is, and what is told apart from it. */
export interface PlanShown {
  readonly result: OrganizationResult;
  readonly plan: Plan;
  readonly apart: Apart;
}

/** Blocks that are shown without `--show-all`. */
const shownBlocks = 10;
const shownPaths = 3;

/** What changes: plans that make the same changes once, the others each; without `--show-all` so many of them. */
export function fleetPlans(shown: readonly PlanShown[], view: PlanView): string {
  const groups = alike(shown);
  const blocks = view.showAll ? groups : groups.slice(0, shownBlocks);
  const left = groups.slice(blocks.length).flatMap(({ members }) => members);
  const more =
    left.length === 0
      ? ''
      : `\n${counted(left.length, 'organization')} more with changes of their own (--show-all lists them).\n`;
  const silent = shown.filter((each) => each.plan.changes.length === 0);
  return `${limits(shown, view)}${blocks.map((group) => blockText(group, view)).join('')}${more}${apartText(silent)}`;
}

/** What options limit every plan to is said once. */
function limits(shown: readonly PlanShown[], view: PlanView): string {
  const [first] = shown;
  if (!first) return '';
  const texts = limitTexts(first.plan, view.paint).filter((text) => text !== '');
  return texts.map((text) => `\n${text}`).join('');
}

function blockText({ members }: Alike<PlanShown>, view: PlanView): string {
  const [first] = members;
  const { plan, result } = first;
  const changes = counted(plan.changes.length, 'change');
  const title =
    members.length > 1
      ? `${view.paint.bold(`${counted(members.length, 'organization')}: the same ${changes}`)} (${pathsText(members.map((each) => each.result.path))})`
      : `${view.paint.bold(printable(result.organization?.name ?? result.path))}: ${changes} (${printable(result.path)})`;
  return `\n${title}\n${changesText(plan, view, members.length > 1 ? undefined : first.apart)}`;
}

/** What is no drift, where there is nothing else to show. */
function apartText(shown: readonly PlanShown[]): string {
  const lines = [
    ['Gaps that rules would fill', shown.filter(({ apart }) => apart.gaps.length > 0)],
    ['Changes that are not applied yet', shown.filter(({ apart }) => apart.pending.length > 0)],
  ] as const;
  return lines
    .filter(([, some]) => some.length > 0)
    .map(
      ([what, some]) =>
        `\n${what}, no drift, in ${counted(some.length, 'organization')}: ${pathsText(some.map(({ result }) => result.path))}.\n`,
    )
    .join('');
}

/** The first paths of a list, and how many more there are. */
export function pathsText(paths: readonly string[]): string {
  const shown = paths.slice(0, shownPaths).map(printable);
  const left = paths.length - shown.length;
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} and ${numberText(left)} more`;
}
