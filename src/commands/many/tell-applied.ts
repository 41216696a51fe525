import { codeFrame } from '../../load/code-frame.ts';
import type { OrganizationResult, Result } from '../../model/result.ts';
import { kinds } from '../../providers/tesouro/kinds/index.gen.ts';
import { fleetDocument } from '../../render/many/fleet-document.ts';
import { fleetProblems } from '../../render/many/fleet-problems.ts';
import { fleetSummary } from '../../render/many/fleet-summary.ts';
import { fleetTable } from '../../render/many/fleet-table.ts';
import { resultWords } from '../../render/many/result-words.ts';
import { printable } from '../../render/printable.ts';
import { reportText } from '../../render/report-text.ts';
import { counted } from '../../render/summary-text.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { type Recordings, recordedLines } from './recorded-lines.ts';

/** Reports that are shown in full without `--show-all`. */
const shownReports = 10;

/** What an apply was of, and how it is told. */
export interface Applying {
  readonly showAll?: true;
  /** What the paths of the results lead to. */
  readonly of: 'configuration' | 'plan';
  /** Results that were settled when the plans were shown, and told with them. */
  readonly told: ReadonlySet<OrganizationResult>;
}

/** Tells what an apply of many organizations came to: the table, what failed in full, and the summary line last. */
export async function tellApplied(
  result: Result,
  recordings: Recordings,
  applying: Applying,
  shell: Shell,
): Promise<ExitCode> {
  if (shell.keepsText) shell.say(({ columns }) => appliedText(result, recordings, applying, shell, columns));
  shell.sayJson(fleetDocument(result));
  await shell.tell(result);
  return result.exit_code;
}

function appliedText(
  result: Result,
  recordings: Recordings,
  { of, showAll, told }: Applying,
  shell: Shell,
  columns: number,
): string {
  const { organizations } = result;
  const lines = organizations.map((each) => ({ result: each, plan: null, words: resultWords(each) }));
  const open = organizations.filter(({ apply }) => apply?.outcome === 'partial');
  const shown = showAll ? open : open.slice(0, shownReports);
  const left = open.length - shown.length;
  const more = `\n${shell.paint.dim(`${counted(left, 'report')} more of what failed (--show-all lists them).`)}\n`;
  const view = { paint: shell.paint, showAll: showAll === true, linesOf: shell.linesOf, frame: codeFrame };
  const fresh = organizations.filter((each) => !told.has(each));
  return [
    fresh.length === 0 ? '' : `\n${fleetTable(lines, of, columns)}`,
    ...shown.map((each) => reportOf(each, shell)),
    left > 0 ? more : '',
    fleetProblems(fresh.map(withoutWarnings), view),
    recordedLines(recordings),
    fleetSummary(result, []),
  ].join('');
}

/** They were told with the plans, but for what a saved plan itself is warned of. */
const withoutWarnings = (result: OrganizationResult): OrganizationResult => ({
  ...result,
  problems: result.problems.filter(({ code, severity }) => severity === 'error' || code === 'PLAN_OUTDATED'),
});

function reportOf({ apply, organization, path, plan }: OrganizationResult, shell: Shell): string {
  if (!apply) return '';
  const name = shell.paint.bold(printable(organization?.name ?? path));
  const { linesOf, paint } = shell;
  const view = { changes: plan?.changes ?? [], kinds, paint, linesOf, frame: codeFrame };
  return `\n${name} (${printable(path)})\n${reportText(apply, view)}`;
}
