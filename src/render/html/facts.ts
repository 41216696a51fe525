import type { Environment } from '../../model/desired.ts';
import type { Command, OrganizationResult } from '../../model/result.ts';
import { paint } from '../paint.ts';
import { limitTexts } from '../plan-text.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { verdictText } from '../verdict.ts';
import { badge } from './change-table.ts';
import { figures, figuresOf } from './figures.ts';
import { joined, type Markup, markup, nothing } from './markup.ts';

/** What a command's page is called. */
export const titles: Readonly<Record<Command, string>> = {
  validate: 'Validation',
  plan: 'Plan',
  apply: 'Apply',
  drift: 'Drift',
  readiness: 'Readiness',
};

/** Whose books, where, when, and what it came to. */
export function oneHeader(command: Command, one: OrganizationResult): Markup {
  const when = timeOf(one.plan?.created_at ?? one.readiness?.checked_at);
  const { api_url, environment } = one;
  const where = [
    environment === null ? nothing : environmentText(environment),
    markup`${api_url === null || api_url === environment ? '' : api_url}`,
    markup`${one.organization === null ? '' : one.path}`,
    when ?? nothing,
  ];
  return markup`${headings(command, whoseText(one), verdictText(command, one))}
<p class="where">${joined(
    where.filter(({ html }) => html !== ''),
    markup` · `,
  )}</p>
${figures(figuresOf(command, one))}${limits(one)}${overruled(command, one)}`;
}

/** The name of the page, and below it what the command came to as a sentence. */
export const headings = (command: Command, who: string, verdict: string): Markup =>
  markup`<p class="eyebrow">Ledgerform · ${titles[command]}</p>
<h1>${who}</h1>
<p class="verdict">${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.</p>`;

/** Production stands out. */
export const environmentText = (environment: Environment): Markup =>
  environment === 'production' ? badge({ text: environment, tone: 'take' }) : markup`${environment}`;

/** Everything by which an approver or an auditor finds it again. */
export function factSection(command: Command, one: OrganizationResult): Markup {
  const { api_url, apply, environment, organization, path, plan, readiness } = one;
  const config = plan?.config;
  const connection = readiness?.connection;
  const facts = factList([
    ['Organization', code(organization?.id)],
    ['Environment', environment === null ? null : environmentText(environment)],
    ['API', api_url === environment ? null : code(api_url)],
    ['Configuration', code(path)],
    ['Git revision', code(config?.git_commit)],
    ['Compared with the base', code(config?.base)],
    ['Fingerprint of the configuration', code(config?.sha256)],
    [command === 'drift' ? 'Compared' : 'Planned', timeOf(plan?.created_at)],
    ['Digest of the plan', code(plan?.digest)],
    ['Checked', timeOf(readiness?.checked_at)],
    ['Connection', readiness ? markup`${connection ? connectionText(connection) : 'none'}` : null],
    ['Last pull', timeOf(connection?.last_pull)],
    ['Run', code(apply?.run)],
    ['Read again after it', provenOf(one)],
  ]);
  return recordSection(facts);
}

/** The last section of a page. */
export const recordSection = (inside: Markup): Markup => markup`<section><h2>For the record</h2>
${inside}</section>
`;

/** Names with what they stand for, those that have none left out. */
export function factList(all: readonly (readonly [name: string, value: Markup | null])[]): Markup {
  const facts = all.flatMap(([name, value]) =>
    value === null
      ? []
      : [
          markup`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
        ],
  );
  return facts.length === 0
    ? nothing
    : markup`<dl class="facts card">${facts}</dl>
`;
}

/** An apply ends with a second look. */
function provenOf({ apply }: OrganizationResult): Markup | null {
  if (apply === null || apply.outcome === 'refused') return null;
  return markup`${apply.converged ? 'everything is as planned' : 'not everything is as planned'}`;
}

/** What is to be copied as it is. */
export const code = (text: string | null | undefined): Markup | null =>
  text ? markup`<code>${text}</code>` : null;

const connectionText = ({ platform, status }: { platform: string | null; status: string | null }): string =>
  `${platform ?? 'unknown platform'}, ${status ?? 'unknown status'}`;

/** `2026-11-21 10:00 UTC` */
export function timeOf(instant: string | null | undefined): Markup | null {
  if (!instant) return null;
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/.exec(instant) ?? [];
  return day === '' ? markup`${instant}` : markup`<time datetime="${instant}">${day} ${time} UTC</time>`;
}

/** What options limit a plan to and let pass. */
function limits({ plan }: OrganizationResult): Markup {
  const texts = plan === null ? [] : limitTexts(plan, paint(false)).filter((text) => text !== '');
  return markup`${texts.map(
    (text) => markup`<p class="note">${text.trimEnd()}</p>
`,
  )}`;
}

/** That the plan takes back what somebody did behind the file. */
function overruled(command: Command, { plan }: OrganizationResult): Markup {
  if (command === 'drift' || plan === null || plan.config.base === null) return nothing;
  const count = plan.changes.filter(({ reason }) => reason === 'drift' || reason === 'conflict').length;
  if (count === 0) return nothing;
  const what = count === 1 ? '1 change overrules' : `${count} changes overrule`;
  return markup`<p class="note">${what} what somebody has changed since the base.</p>
`;
}

/** A link leaves the page only when somebody follows it. */
export const log = ({ runUrl }: Pick<ResultView, 'runUrl'>): Markup =>
  runUrl === null
    ? nothing
    : markup`<p><a href="${runUrl}" rel="noreferrer">Log of the run</a></p>
`;
