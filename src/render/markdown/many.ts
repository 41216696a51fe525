import type { Plan } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { Command, OrganizationResult, Result } from '../../model/result.ts';
import { type Alike, alike } from '../../plan/alike.ts';
import { differencesOf } from '../../plan/differences.ts';
import { sharedProblems } from '../many/fleet-problems.ts';
import { type Standing, standingOf } from '../many/result-words.ts';
import { groupBy } from '../outcome-lines.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { counted, numberText } from '../summary-text.ts';
import { verdictText } from '../verdict.ts';
import { type Block, type Entry, fit, type Group } from './fit.ts';
import { inert, marker, word } from './inert.ts';
import { kindBlocks, planned } from './kind-blocks.ts';
import { oneBlocks } from './one.ts';
import { problemLines } from './problem-items.ts';
import { type Someones, standingOut } from './standing-out.ts';

/** Rows of the table; those that need somebody come first. */
const shownRows = 50;
/** Names of a group that are listed. */
const shownNames = 20;
/** Warnings that are listed; of more the first ones. */
const shownWarnings = 20;

const standings: readonly Standing[] = [
  'failed',
  'refused',
  'not started',
  'drift',
  'changes',
  'done',
  'unchanged',
  'fragment',
  'skipped',
];

/** What a standing is called in the heading, where it goes by another word. */
const wordsFor = (command: Result['command']): Partial<Record<string, string>> =>
  command === 'validate'
    ? { failed: 'not valid', unchanged: 'valid' }
    : { changes: 'with changes', drift: 'with drift' };

/**
 * The comment of a run over many organizations: a table with those first that need somebody, what is wrong once with whom
 * it concerns, and one collapsed part for each group of organizations with the very same changes.
 */
export function manyMarkdown(result: Result, view: ResultView, elsewhere: string): string {
  const { command, organizations } = result;
  const standing = (one: OrganizationResult): Standing =>
    standingOf(one, command === 'drift' && one.plan ? differencesOf(one.plan).drifted.length : null);
  const sorted = [...organizations].sort(
    (a, b) => standings.indexOf(standing(a)) - standings.indexOf(standing(b)),
  );
  const counts = [...groupBy(sorted, standing)].map(
    ([what, some]) => `${numberText(some.length)} ${wordsFor(command)[what] ?? what}`,
  );
  const whole = sorted.filter((one) => !/skipped|fragment/.test(standing(one)));
  const head = [
    marker('organizations', ...(view.chosen === null ? [] : [view.chosen])),
    `### Ledgerform ${command}, ${counted(whole.length, 'organization')}: ${counts.join(', ') || 'nothing to do'}`,
    '',
  ].join('\n');
  const groups = plansAlike(result);
  const foot = view.runUrl === null ? '' : `\n[Log of the run](${view.runUrl})\n`;
  const parts = [
    ...tableBlock(result, sorted),
    ...problemBlocks(result),
    ...standingOut(command, groups.map(someones)),
    ...groups.map((group) => planGroup(command, group, view)),
    ...appliedGroups(result, view),
  ];
  return fit(head, parts, foot, elsewhere);
}

function tableBlock({ command }: Result, sorted: readonly OrganizationResult[]): readonly Block[] {
  if (sorted.length === 0) return [];
  const entries = sorted.map(
    (one): Entry => ({
      count: 1,
      text: () => {
        const { environment, path, skipped } = one;
        const why = skipped === null ? '' : `<br>${inert(skipped, 200)}`;
        const cells = [nameOf(one), environment === null ? '' : word(environment), verdictText(command, one)];
        return `| ${cells.join(' | ')}${why} | ${inert(path, 200)} |\n`;
      },
    }),
  );
  const open = '\n| Organization | Environment | Result | Configuration |\n| --- | --- | --- | --- |\n';
  return [{ open, entries, close: '', noun: 'organization', most: shownRows }];
}

const nameOf = (one: OrganizationResult): string => inert(whoseText(one), 100);

/** What is wrong, and below it what there is to know: each once. What an apply did not do is told with it. */
function problemBlocks({ command, organizations }: Result): readonly Block[] {
  const shared = sharedProblems(organizations, ({ apply, plan, problems }) => [
    ...problems,
    ...(apply === null ? warningsOf(command, plan) : apply.outcome === 'refused' ? apply.problems : []),
  ]);
  return (['error', 'warning'] as const).flatMap((severity): readonly Block[] => {
    const some = shared.filter(({ problem }) => problem.severity === severity);
    if (some.length === 0) return [];
    const entries = some.map(({ paths, problem }): Entry => {
      const whom = `in ${namesText([...paths].map((path) => inert(path, 200)))}`;
      return { count: 1, text: () => `- ${[...problemLines(problem), whom].join('<br>')}\n` };
    });
    const title = severity === 'error' ? 'Problems' : 'Warnings';
    const block = {
      open: `\n**${title}**\n\n`,
      close: '',
      entries,
      noun: severity === 'error' ? 'problem' : 'warning',
    };
    return [severity === 'error' ? block : { ...block, most: shownWarnings }];
  });
}

/** Guards judge an apply; drift only looks. */
const warningsOf = (command: Result['command'], plan: Plan | null): readonly Problem[] =>
  (plan?.warnings ?? []).filter(({ severity }) => command !== 'drift' || severity === 'warning');

/** An organization and the part of its plan that counts. */
interface Planning {
  readonly one: OrganizationResult;
  readonly plan: Plan;
}

/** Organizations with the very same changes, the largest group first. */
function plansAlike({ command, organizations }: Result): readonly Alike<Planning>[] {
  const planning = organizations.flatMap((one): readonly Planning[] => {
    if (one.plan === null || one.apply !== null) return [];
    const changes = command === 'drift' ? differencesOf(one.plan).drifted : one.plan.changes;
    return [{ one, plan: { ...one.plan, changes } }];
  });
  // Where an apply did not come to its report, what was not done and why is the verdict: those of one are told together.
  return [...groupBy(planning, ({ one }) => (command === 'apply' ? verdictText(command, one) : ''))]
    .flatMap(([, some]) => alike(some))
    .sort((a, b) => b.members.length - a.members.length);
}

/** The changes of a group, and of whom they are. */
function someones({ members }: Alike<Planning>): Someones {
  const [{ one, plan }] = members;
  const whose = members.length === 1 ? nameOf(one) : counted(members.length, 'organization');
  return { changes: plan.changes, whose };
}

function planGroup(command: Command, { members }: Alike<Planning>, view: ResultView): Group {
  const [{ one, plan }] = members;
  const all = members.map((each) => each.one);
  return {
    open: openOf(all, `the same ${counted(plan.changes.length, 'change')}`, verdictText(command, one)),
    parts: kindBlocks(plan.changes, plan, view, planned),
    close: '\n</details>\n',
  };
}

/** Each organization in which something was done, or was not. */
const appliedGroups = ({ command, organizations }: Result, view: ResultView): readonly Group[] =>
  organizations
    .filter(({ apply }) => apply !== null && apply.outcome !== 'refused' && apply.outcome !== 'nothing')
    .map((one) => ({
      open: openOf([one], '', verdictText(command, one)),
      parts: oneBlocks(command, { ...one, problems: [] }, view),
      close: '\n</details>\n',
    }));

function openOf(all: readonly OrganizationResult[], same: string, verdict: string): string {
  const [first] = all;
  const alone = all.length === 1 && first;
  const who = alone ? nameOf(first) : `${counted(all.length, 'organization')}: ${same}`;
  const names = alone ? '' : `${namesText(all.map(nameOf))}\n`;
  return `\n<details><summary><b>${who}</b>: ${verdict}</summary>\n\n${names}`;
}

/** The first ones of many names, and how many more there are. */
function namesText(names: readonly string[]): string {
  const left = names.length - shownNames;
  return [...names.slice(0, shownNames), ...(left > 0 ? [`and ${numberText(left)} more`] : [])].join(', ');
}
