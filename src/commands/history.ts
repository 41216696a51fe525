import { relative } from 'node:path';
import { listRuns, type RecordedRun, readRun } from '../apply/history.ts';
import { runsFolder } from '../apply/record.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { printable } from '../render/printable.ts';
import type { CommonOptions } from './common-options.ts';
import { rootOf } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import { outcomeOf, recordedOf, runsText, runText } from './history-text.ts';
import type { Shell } from './shell.ts';

export type HistoryOptions = CommonOptions;

/** Shows the applies that were recorded here, or one of them in full. */
export async function history(
  run: string | undefined,
  options: HistoryOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { cwd } = shell.edge;
  const folder = runsFolder(rootOf(options, cwd));
  if (run !== undefined) return showRun(folder, run, shell);
  const runs = listRuns(folder);
  shell.warn(runs.flatMap(({ problems }) => problems));
  shell.sayJson({ format_version: '1', runs: runs.map(summaryOf) });
  const place = printable(relative(cwd, folder) || '.');
  await shell.show(({ columns }) =>
    runs.length === 0
      ? `No apply is recorded in ${place}.\n`
      : `Applies recorded in ${place}\n\n${runsText(runs, columns)}`,
  );
  return 0;
}

async function showRun(folder: string, run: string, shell: Shell): Promise<ExitCode> {
  const found = readRun(folder, run);
  if (!found)
    throw new Stop(3, [
      errorProblem('ID_NOT_FOUND', `There is no record of the run ${run}.`, {
        hint: 'ledgerform history lists all of them.',
      }),
    ]);
  const { changes, end, header, problems, torn } = found;
  shell.warn(problems);
  shell.sayJson({ format_version: '1', run, header, changes, end, torn, problems });
  await shell.show(runText(found, kinds, shell.paint));
  return 0;
}

const summaryOf = (run: RecordedRun) => ({
  run: run.run,
  at: run.header?.at ?? null,
  actor: run.header?.actor ?? null,
  host: run.header?.host ?? null,
  organization: run.header?.organization ?? null,
  environment: run.header?.environment ?? null,
  api_url: run.header?.api_url ?? null,
  git_commit: run.header?.git_commit ?? null,
  plan_digest: run.header?.plan_digest ?? null,
  outcome: outcomeOf(run),
  recorded: recordedOf(run),
  summary: run.end?.summary ?? null,
  converged: run.end?.converged ?? null,
});
