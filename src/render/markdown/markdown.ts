import type { OrganizationResult, Result } from '../../model/result.ts';
import { paint } from '../paint.ts';
import { limitTexts } from '../plan-text.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { counted, writesOf } from '../summary-text.ts';
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
  if (result.many || one === undefined) return manyMarkdown(result, view, elsewhereText(view));
  const head = [
    markerOf(one),
    `### Ledgerform ${result.command}: ${verdictText(result.command, one)}`,
    '',
    ...aboutLines(one),
    '',
  ].join('\n');
  return fit(head, oneBlocks(result.command, one, view), footText(one, view), elsewhereText(view));
}

/** For one organization in one environment, whatever the command; where both are unknown, for the configuration. */
const markerOf = ({ environment, organization, path }: OrganizationResult): string =>
  organization === null ? marker(path) : marker(organization.id, environment ?? '');

/** Whose books, in which environment, behind which URL, and from which revision. */
function aboutLines(one: OrganizationResult): readonly string[] {
  const { api_url, environment, organization, path, plan } = one;
  const id = organization?.name ? ` (${inert(organization.id, 100)})` : '';
  const who =
    organization === null ? `Configuration ${inert(path, 200)}` : `${inert(whoseText(one), 100)}${id}`;
  const at = api_url === null || api_url === environment ? '' : ` · ${inert(api_url, 200)}`;
  const from = [
    organization === null ? '' : inert(path, 200),
    plan?.config.git_commit ? `at ${inert(plan.config.git_commit.slice(0, 12))}` : '',
    plan?.config.base ? `compared with ${inert(plan.config.base, 100)}` : '',
  ].filter((part) => part !== '');
  const limits = plan === null ? [] : limitTexts(plan, paint(false)).filter((text) => text !== '');
  return [
    `${who}${environment === null ? '' : ` · ${word(environment)}`}${at}${from.length === 0 ? '' : `<br>${from.join(' ')}`}`,
    ...limits.map((text) => `<br>${inert(text.trimEnd())}`),
  ];
}

/** What is left alone, what an apply costs, and where the log is. */
function footText({ apply, plan }: OrganizationResult, { runUrl }: ResultView): string {
  const unmanaged = plan?.unmanaged.length ?? 0;
  const writes = plan === null || apply !== null ? 0 : writesOf(plan);
  const lines = [
    unmanaged === 0 ? '' : `${counted(unmanaged, 'internal object')} not managed by this file, left alone.`,
    writes === 0 ? '' : `An apply sends ${counted(writes, 'write')}.`,
    apply?.run ? `Run ${inert(apply.run, 100)}.` : '',
    runUrl === null ? '' : `[Log of the run](${runUrl})`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? '' : `\n${lines.join(' ')}\n`;
}

/** Where everything can be read. */
const elsewhereText = ({ runUrl }: ResultView): string =>
  `${runUrl === null ? 'The saved plan and the log of the run have' : `The saved plan and the [log of the run](${runUrl}) have`} all of it.`;
