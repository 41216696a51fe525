import type { ApplyReport, Outcome, OutcomeStatus } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import { labelText } from '../label-text.ts';
import { type Done, groupBy, pastOf, reasonOf } from '../outcome-lines.ts';
import { openKey } from '../report-text.ts';
import type { ResultView } from '../result-view.ts';
import { nounOf } from '../rule-group-text.ts';
import { counted } from '../summary-text.ts';
import { byKind, sections, sectionsOf, tellingOf } from './change-sections.ts';
import type { Badge } from './change-table.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { problemCard, problemSection } from './problems.ts';

/** What an apply did not do and why, and what else went wrong. */
export function applyProblems(report: ApplyReport, plan: Plan | null, view: ResultView): Markup {
  const { outcome, problems } = report;
  const refused = outcome === 'refused';
  const open = doneOf(report, plan).filter(({ outcome: { status } }) =>
    ['failed', 'unknown', 'skipped'].includes(status),
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return markup`${problemSection(refused ? 'Refused: nothing was written' : 'Problems', errors, view)}${refused ? nothing : notDone(open, view)}${problemSection('Warnings of this run', warnings, view)}`;
}

function doneOf({ outcomes }: ApplyReport, plan: Plan | null): readonly Done[] {
  const byAddress = new Map((plan?.changes ?? []).map((change) => [change.address, change]));
  return outcomes.map((outcome) => ({ outcome, change: byAddress.get(outcome.address) ?? null }));
}

/** What did not work for the same reason is told together. */
function notDone(open: readonly Done[], view: ResultView): Markup {
  if (open.length === 0) return nothing;
  const cards = [...groupBy(open, openKey).values()].map((some) => {
    const [first] = some;
    if (!first) return nothing;
    const { action, error, status } = first.outcome;
    const names = some.map(
      ({ change, outcome }) => markup`<li>${labelText(change?.label || outcome.address)}</li>`,
    );
    const what =
      some.length === 1 ? '' : `${counted(some.length, nounOf(first.change ?? { kind: 'change' }))}, `;
    const about = markup`<p>${action}: ${what}${status}</p><ul>${names}</ul>`;
    if (error === null) return markup`<div class="problem error">${about}</div>`;
    const message = some.length === 1 ? error.message : `${reasonOf(first)}.`;
    return problemCard(
      { ...error, message, address: some.length === 1 ? first.outcome.address : null },
      view,
      about,
    );
  });
  return markup`<section><h2>Not done</h2>
${cards}</section>
`;
}

const said: Readonly<Record<OutcomeStatus, (outcome: Outcome) => Badge>> = {
  applied: ({ action }) => ({ text: `✓ ${pastOf[action]}`, tone: 'add' }),
  already_done: () => ({ text: '= was already done', tone: 'plain' }),
  overtaken: () => ({ text: '= was overtaken', tone: 'plain' }),
  skipped: ({ action }) => ({ text: `✗ ${action} skipped`, tone: 'alter' }),
  failed: ({ action }) => ({ text: `✗ ${action} failed`, tone: 'take' }),
  unknown: ({ action }) => ({ text: `? ${action} unknown`, tone: 'take' }),
};

/** What became of every change, by kind; with null for the page's tools as one part of a page, to whose sections nothing leads. */
export function applyTables(report: ApplyReport, plan: Plan, view: ResultView, tools: Markup | null): Markup {
  if (plan.changes.length === 0)
    return markup`<section><h2>Changes</h2><p class="card">There was nothing to do.</p></section>
`;
  const outcomes = new Map(report.outcomes.map((outcome) => [outcome.address, outcome]));
  const telling = tellingOf(afterwards(plan), view, {
    sides: ['It was', 'Planned'],
    anchors: new Map(),
    counts: ({ length }) => counted(length, 'change'),
    says: ({ action, address }) => {
      const outcome = outcomes.get(address);
      return outcome === undefined
        ? { text: `${action} not started`, tone: 'plain' }
        : said[outcome.status](outcome);
    },
  });
  const all = byKind(plan.changes, view);
  return markup`<section data-holder><h2>Changes</h2>
${tools === null ? sectionsOf(all, telling) : sections(all, telling, tools)}</section>
`;
}

/** What was created is there now: nothing of it is only known after an apply. */
function afterwards({ changes, observed }: Plan): Pick<Plan, 'changes' | 'observed'> {
  const created = changes
    .filter(({ action }) => action === 'create')
    .map(({ address, label }) => [address, { id: '', code: null, name: label, external: false }] as const);
  const references = { ...observed.references, ...Object.fromEntries(created) };
  return { changes, observed: { ...observed, references } };
}
