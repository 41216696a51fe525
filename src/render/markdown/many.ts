import type { OrganizationResult, Result } from '../../model/result.ts';
import { groupBy } from '../outcome-lines.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { counted, numberText } from '../summary-text.ts';
import { verdictText } from '../verdict.ts';
import { type Block, type Entry, fit, type Group } from './fit.ts';
import { inert, marker, word } from './inert.ts';
import { oneBlocks } from './one.ts';

/** Rows of the table; those that need somebody come first. */
const shownRows = 50;
/** Names of a group that are listed. */
const shownNames = 20;

/** How it went with an organization, those first that need somebody. */
const states = [
  'interrupted',
  'failed',
  'begun and not done',
  'refused',
  'not valid',
  'with changes',
  'skipped',
  'done',
];

function stateOf({ apply, exit_code, plan, skipped }: OrganizationResult): string {
  if (skipped !== null) return 'skipped';
  const byCode = {
    130: 'interrupted',
    1: 'failed',
    5: 'begun and not done',
    4: 'refused',
    3: 'not valid',
  } as const;
  if (exit_code !== 0 && exit_code !== 2) return byCode[exit_code];
  if (apply !== null) return 'done';
  return exit_code === 2 || (plan !== null && plan.changes.length > 0) ? 'with changes' : 'done';
}

const weightOf = (one: OrganizationResult): number => states.indexOf(stateOf(one));

/**
 * The comment of a run over many organizations: a table with those first that need somebody, and one collapsed part for
 * each group of organizations of which the very same is to be said.
 */
export function manyMarkdown(result: Result, view: ResultView, elsewhere: string): string {
  const { command, organizations } = result;
  const sorted = [...organizations].sort((a, b) => weightOf(a) - weightOf(b));
  const counts = [...groupBy(sorted, stateOf)].map(([state, some]) => `${numberText(some.length)} ${state}`);
  const head = [
    marker('organizations'),
    `### Ledgerform ${command}, ${counted(organizations.length, 'organization')}: ${counts.join(', ') || 'nothing to do'}`,
    '',
  ].join('\n');
  const groups = [...groupBy(sorted, (one) => sameKey(one))].map(([, some]) => some);
  const parts = [...tableBlock(result, sorted), ...groups.flatMap((group) => sameGroup(group, result, view))];
  const foot = view.runUrl === null ? '' : `\n[Log of the run](${view.runUrl})\n`;
  return fit(head, parts, foot, elsewhere);
}

/** Whether there is more to say than the table does. */
const says = ({ apply, plan, problems }: OrganizationResult): boolean =>
  problems.length > 0 ||
  (plan !== null && (plan.changes.length > 0 || plan.warnings.length > 0)) ||
  (apply !== null && (apply.outcomes.length > 0 || apply.problems.length > 0));

/** What is said of two organizations is the same when this is: ids and places are no difference, for they are never the same. */
function sameKey({ apply, exit_code, plan, problems }: OrganizationResult): string {
  const told = (list: OrganizationResult['problems']) =>
    list.map(({ address, code, hint, message, severity }) => [severity, code, message, address, hint]);
  return JSON.stringify([
    exit_code,
    told(problems),
    plan && [
      plan.changes.map(({ action, address, after, before, label, reason, warnings }) => [
        [action, address, after, before, label, reason],
        told(warnings),
      ]),
      told(plan.warnings),
    ],
    apply && [
      apply.outcome,
      apply.outcomes.map(({ address, error, status }) => [address, status, error && told([error])]),
      told(apply.problems),
    ],
  ]);
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

/** All that is said of organizations of which it is the same. */
function sameGroup(
  group: readonly OrganizationResult[],
  { command }: Result,
  view: ResultView,
): readonly Group[] {
  const [first] = group;
  if (!first || !says(first)) return [];
  const names = group.slice(0, shownNames).map(nameOf);
  const more = group.length > shownNames ? [`and ${numberText(group.length - shownNames)} more`] : [];
  const who = group.length === 1 ? nameOf(first) : `${counted(group.length, 'organization')}, the same`;
  const list = group.length === 1 ? '' : `${[...names, ...more].join(', ')}\n`;
  return [
    {
      open: `\n<details><summary><b>${who}</b>: ${verdictText(command, first)}</summary>\n\n${list}`,
      parts: oneBlocks(command, first, view),
      close: '\n</details>\n',
    },
  ];
}
