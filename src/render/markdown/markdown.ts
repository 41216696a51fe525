import type { Plan } from '../../model/plan.ts';
import type { Command, OrganizationResult, Result } from '../../model/result.ts';
import { paint } from '../paint.ts';
import { limitTexts } from '../plan-text.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { counted, numberText, writesOf } from '../summary-text.ts';
import { verdictText } from '../verdict.ts';
import { fit } from './fit.ts';
import { inert, marker, word } from './inert.ts';
import { manyMarkdown } from './many.ts';
import { oneBlocks } from './one.ts';

/**
 * A comment for a pull request, under 65,000 characters: a hidden marker by which the next run finds and replaces it, the
 * summary, refusals and warnings, and a collapsed section for each kind.
 */
export function markdown(result: Result, view: ResultView): string {
  const [one] = result.organizations;
  if (result.many || one === undefined) return manyMarkdown(result, view, elsewhere[result.command]);
  const head = [
    markerOf(result.command, one),
    `### Ledgerform ${result.command}: ${verdictText(result.command, one)}`,
    '',
    ...aboutLines(result.command, one),
    '',
  ].join('\n');
  return fit(
    head,
    oneBlocks(result.command, one, view),
    footText(result.command, one, view),
    elsewhere[result.command],
  );
}

/**
 * For one organization in one environment, whatever the command; where both are unknown, for the configuration. Readiness
 * is another question than what changes: its comment stands beside that of a plan.
 */
function markerOf(command: Command, { environment, organization, path }: OrganizationResult): string {
  const whose = organization === null ? [path] : [organization.id, environment ?? ''];
  return marker(...whose, ...(command === 'readiness' ? [command] : []));
}

/** Whose books, in which environment, behind which URL, and from which revision. */
function aboutLines(command: Command, one: OrganizationResult): readonly string[] {
  const { api_url, environment, organization, path, plan } = one;
  const id = organization?.name ? ` (${inert(organization.id, 100)})` : '';
  const who =
    organization === null ? `Configuration ${inert(path, 200)}` : `${inert(whoseText(one), 100)}${id}`;
  const at = api_url === null || api_url === environment ? '' : ` · ${inert(api_url, 200)}`;
  const from = [
    organization === null ? '' : inert(path, 200),
    plan?.config.git_commit ? `at ${inert(plan.config.git_commit.slice(0, 12))}` : '',
    plan?.config.base ? `compared with ${inert(plan.config.base.slice(0, 12), 100)}` : '',
  ].filter((part) => part !== '');
  const limits = plan === null ? [] : limitTexts(plan, paint(false)).filter((text) => text !== '');
  return [
    `${who}${environment === null ? '' : ` · ${word(environment)}`}${at}${from.length === 0 ? '' : `<br>${from.join(' ')}`}`,
    ...limits.map((text) => `<br>${inert(text.trimEnd())}`),
    ...(plan === null || command === 'drift' ? [] : overruled(plan)),
  ];
}

/** That the plan takes back what somebody did behind the file. */
function overruled({ changes, config }: Plan): readonly string[] {
  const count = changes.filter(({ reason }) => reason === 'drift' || reason === 'conflict').length;
  if (count === 0 || config.base === null) return [];
  const what = count === 1 ? '1 change overrules' : `${numberText(count)} changes overrule`;
  return ['', `**${what} what somebody has changed since the base**: see **drift** and **conflict** below.`];
}

/** What is left alone, what an apply costs, and where the log is. */
function footText(command: Command, { apply, plan }: OrganizationResult, { runUrl }: ResultView): string {
  const unmanaged = plan?.unmanaged.length ?? 0;
  const writes = command === 'plan' && plan !== null ? writesOf(plan) : 0;
  const lines = [
    unmanaged === 0 ? '' : `${counted(unmanaged, 'internal object')} not managed by this file, left alone.`,
    writes === 0 ? '' : `An apply sends ${counted(writes, 'write')}.`,
    apply?.run ? `Run ${inert(apply.run, 100)}.` : '',
    runUrl === null ? '' : `[Log of the run](${runUrl})`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? '' : `\n${lines.join(' ')}\n`;
}

/** Where everything can be read: of each command what there really is. */
const elsewhere: Readonly<Record<Command, string>> = {
  validate: `All of it is in the log of the run, and in what ${inert('--json')} prints.`,
  plan: `All of it is in a saved plan (${inert('--out')}) and in what ${inert('--json')} prints; ${inert('--show-all')} lists it in the log.`,
  apply: `What was planned is all in the saved plan, or in the log with ${inert('--show-all')}; what was done is in the run record (${inert('ledgerform history')}).`,
  readiness: `All of it is in what ${inert('--json')} prints; ${inert('--show-all')} lists it in the log.`,
  drift: `All of it is in what ${inert('--json')} prints; ${inert('--show-all')} lists it in the log.`,
};
