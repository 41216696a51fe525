import type { Problem } from '../model/problem.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import type { CommonOptions } from './common-options.ts';
import type { ExitCode } from './exit-code.ts';
import { failureOf } from './fail.ts';
import { filesToFormat } from './fmt/files-to-format.ts';
import { exitCodeOf, type FormattedFile, formatFile } from './fmt/format-file.ts';
import { formatStdin } from './fmt/format-stdin.ts';
import { tellFormatted } from './fmt/tell-formatted.ts';
import type { Shell } from './shell.ts';

export interface FmtOptions extends CommonOptions {
  readonly check?: true;
  readonly stdinPath?: string;
}

/** Writes configurations anew in canonical form; with `--check` it only says which are not. */
export async function fmt(paths: readonly string[], options: FmtOptions, shell: Shell): Promise<ExitCode> {
  refuseUnclear(paths, options, shell);
  const write = options.check !== true;
  if (paths[0] === '-') return formatStdin(options.stdinPath ?? null, write, shell);
  const { files, problems: missing } = await filesToFormat(paths, options, shell);
  const done: FormattedFile[] = [];
  const codes: ExitCode[] = missing.length > 0 ? [3] : [];
  const problems: Problem[] = [...missing];
  for (const file of files) {
    if (shell.interrupt.stop.aborted) return 130;
    try {
      const formatted = await formatFile(file, write, shell);
      done.push(formatted);
      problems.push(...formatted.problems);
      codes.push(exitCodeOf(formatted, write));
    } catch (thrown) {
      // What is wrong with one file keeps no other from being formatted.
      if (!(thrown instanceof Stop)) throw thrown;
      problems.push(...thrown.problems);
      codes.push(failureOf(thrown, false, false).exitCode);
    }
  }
  const exitCode = ([1, 3, 2] as const).find((code) => codes.includes(code)) ?? 0;
  tellFormatted({ files: done, problems, exitCode, write }, shell);
  return exitCode;
}

function refuseUnclear(paths: readonly string[], options: FmtOptions, { json }: Shell): void {
  const stdin = paths.includes('-');
  if (paths.length > 0 && options.config !== undefined)
    throw unclear('Paths and -c both say what to format.', 'Leave out one of them.');
  if (stdin && paths.length > 1) throw unclear('`-` stands for stdin alone.', 'Leave out the other paths.');
  if (stdin && json && options.check !== true)
    throw unclear(
      'With `-` stdout is the text, and cannot be a document as well.',
      'Add --check, or leave out --json.',
    );
  if (options.stdinPath !== undefined && !stdin)
    throw unclear('--stdin-path says whose text stdin is, and stdin is not read.', 'Add `-`.');
}

const unclear = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('OPTION_INVALID', message, { hint })]);
