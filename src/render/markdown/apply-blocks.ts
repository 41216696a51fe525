import type { ApplyReport, OutcomeStatus } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import { type Done, groupBy, labelLines, pastOf, reasonOf } from '../outcome-lines.ts';
import { openKey } from '../report-text.ts';
import type { ResultView } from '../result-view.ts';
import { nounOf } from '../rule-group-text.ts';
import { counted, numberText } from '../summary-text.ts';
import type { Block, Entry } from './fit.ts';
import { inert, word } from './inert.ts';
import { kindBlocks, type Words } from './kind-blocks.ts';
import { problemBlock, problemLines } from './problem-items.ts';

/** Names of what failed for one reason that are listed. */
const listedFailures = 5;

/** What an apply did not do and why, and below it by kind what it did. */
export function applyBlocks(report: ApplyReport, plan: Plan | null, view: ResultView): readonly Block[] {
  const { outcome, outcomes, problems } = report;
  const refused = outcome === 'refused';
  const byAddress = new Map((plan?.changes ?? []).map((change) => [change.address, change]));
  const all = outcomes.map((each): Done => ({ outcome: each, change: byAddress.get(each.address) ?? null }));
  const open = all.filter(({ outcome: { status } }) => ['failed', 'unknown', 'skipped'].includes(status));
  const errors = problems.filter(({ severity }) => severity === 'error');
  return [
    ...problemBlock(refused ? 'Refused; nothing was written' : 'Problems', 'problem', errors),
    ...(refused ? [] : openBlock(open)),
    ...problemBlock(
      'Warnings of this run',
      'warning',
      problems.filter(({ severity }) => severity === 'warning'),
    ),
    ...(refused || plan === null ? [] : doneBlocks(all, plan, view)),
  ];
}

/** What did not work for the same reason is one entry. */
function openBlock(open: readonly Done[]): readonly Block[] {
  if (open.length === 0) return [];
  const entries = [...groupBy(open, openKey).values()].map(openEntry);
  return [{ open: '\n**Not done**\n\n', entries, close: '', noun: 'change' }];
}

const openEntry = (some: readonly Done[]): Entry => ({
  count: some.length,
  text: () => {
    const [first] = some;
    if (!first) return '';
    const { action, error, status } = first.outcome;
    const names = labelLines(some, listedFailures).map((name) => inert(name, 200));
    const what =
      some.length === 1 ? '' : `${counted(some.length, word(nounOf(first.change ?? { kind: 'change' })))}: `;
    const title = `✗ ${action} ${what}${names.join(', ')}: **${status}**`;
    if (error === null) return `- ${title}\n`;
    const message = some.length === 1 ? error.message : `${reasonOf(first)}.`;
    return `- ${[title, ...problemLines({ ...error, message, address: null })].join('<br>')}\n`;
  },
});

/** What went well, with old and new values: each status in words of its own. */
function doneBlocks(all: readonly Done[], plan: Plan, view: ResultView): readonly Block[] {
  const status = new Map(all.map(({ outcome }) => [outcome.address, outcome.status]));
  const known = afterwards(plan);
  const blocks = (wanted: OutcomeStatus, what: string, each: Words['each']): readonly Block[] => {
    const some = plan.changes.filter(({ address }) => status.get(address) === wanted);
    const words: Words = { each, all: ({ length }) => `${numberText(length)} ${what}` };
    return kindBlocks(some, known, view, words);
  };
  return [
    ...blocks('applied', 'done', ({ action }) => `✓ ${pastOf[action]}`),
    ...blocks('already_done', 'already done', () => '= was already done'),
    ...blocks('overtaken', 'overtaken', () => '= was overtaken'),
  ];
}

/** What was created is there now: nothing of it is only known after an apply. */
function afterwards({ changes, observed }: Plan): Pick<Plan, 'changes' | 'observed'> {
  const created = changes
    .filter(({ action }) => action === 'create')
    .map(({ address, label }) => [address, { id: '', code: null, name: label, external: false }] as const);
  const references = { ...observed.references, ...Object.fromEntries(created) };
  return { changes, observed: { ...observed, references } };
}
