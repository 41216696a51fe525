import { codeFrame } from '../../load/code-frame.ts';
import type { Problem } from '../../model/problem.ts';
import { printable } from '../../render/printable.ts';
import { problemsText } from '../../render/problem-text.ts';
import { counted } from '../../render/summary-text.ts';
import { textDiff } from '../../render/text-diff.ts';
import type { ExitCode } from '../exit-code.ts';
import { writeFitted } from '../room.ts';
import type { Shell } from '../shell.ts';
import type { FormattedFile } from './format-file.ts';

/** What a run has come to. */
export interface FormattedFiles {
  readonly files: readonly FormattedFile[];
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode;
  readonly write: boolean;
  /** The text itself is the result. */
  readonly printed?: boolean;
}

/** Lines of a difference that are shown. */
const most = 40;

/** Says which files are written, or would be and how; everything else on stderr. */
export function tellFormatted(done: FormattedFiles, shell: Shell): void {
  const { exitCode, files, printed = false, problems, write } = done;
  const { edge, json, linesOf, notePaint } = shell;
  shell.sayJson({
    format_version: '1',
    ok: exitCode === 0,
    exit_code: exitCode,
    files: files.map(({ changed, path }) => ({ path, changed })),
    problems,
  });
  if (!printed)
    for (const file of files.filter(({ changed }) => changed))
      shell.print(
        write ? `${printable(file.path)}\n` : `${printable(file.path)}\n${differenceText(file, shell)}`,
      );
  if (problems.length > 0 && !json)
    writeFitted(edge.stderr, edge.variables, problemsText(problems, notePaint, linesOf, codeFrame));
  for (const { path } of files.filter(({ divided }) => divided))
    shell.note(
      `${printable(path)}: the sections keep their order, because comments between them belong to none.\n`,
    );
  const unguided = files.filter((each) => each.unguided);
  if (unguided.length > 0)
    shell.note(
      `${counted(unguided.length, 'file')} without a line that leads editors to the schema, and no schema is there: mkdir -p schemas && ledgerform schema > schemas/ledgerform.v1.schema.json\n`,
    );
  if (!printed) shell.note(summaryText(done));
}

function differenceText({ after, before }: FormattedFile, { paint }: Shell): string {
  const lines = textDiff(before, after, paint);
  const left = lines.length - most;
  const shown = left > 1 ? [...lines.slice(0, most), paint.dim(`… ${left} more lines`)] : lines;
  const told = lines.length > 0 ? shown : [paint.dim('only how its lines end')];
  return told.map((line) => `  ${line}\n`).join('');
}

function summaryText({ files, problems, write }: FormattedFiles): string {
  const changed = files.filter((each) => each.changed).length;
  const sound = files.filter((each) => each.problems.length === 0).length;
  if (sound === 0) return files.length + problems.length === 0 ? 'No configuration was found.\n' : '';
  if (changed === 0) return `${counted(sound, 'file')} in canonical form.\n`;
  const rest = sound - changed === 0 ? '' : ` ${sound - changed} in canonical form already.`;
  return write
    ? `${counted(changed, 'file')} formatted.${rest}\n`
    : `${counted(changed, 'file')} to format: ledgerform fmt.${rest}\n`;
}
