import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';
import type { ResultFormat } from './common-options.ts';
import { plainReason } from './plain-reason.ts';

/** A file that `--report` asks for, in one form of output. */
export interface ReportFile {
  readonly format: ResultFormat;
  /** Absolute. */
  readonly path: string;
}

/** The files that `--report FORMAT=FILE` asks for, or Stop (exit 3): a form that the command lacks, or a place where nothing can be written. */
export function reportFiles(
  asked: readonly string[],
  command: { readonly name: string; readonly formats: readonly ResultFormat[] | null },
  cwd: string,
): readonly ReportFile[] {
  const files = asked.map((text) => reportFile(text, command, cwd));
  const twice = files.find(({ path }, at) => files.findIndex((each) => each.path === path) < at);
  if (twice) throw refused(`--report writes ${twice.path} twice.`, 'Name a file of its own for each.');
  return files;
}

function reportFile(
  text: string,
  { name, formats }: { readonly name: string; readonly formats: readonly ResultFormat[] | null },
  cwd: string,
): ReportFile {
  if (formats === null)
    throw refused(
      `ledgerform ${name} has no reports.`,
      '--report is for validate, plan, apply, drift and readiness.',
    );
  const [, wanted = '', file = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const format = formats.find((each) => each === wanted);
  if (format === undefined || file === '')
    throw refused(
      `--report ${text} is not FORMAT=FILE.`,
      `Write it like --report markdown=plan.md; ${name} has ${formats.join(', ')}.`,
    );
  const path = resolve(cwd, file);
  const reason = whyNotWritable(path);
  if (reason !== null) throw refused(`${file} cannot be written: ${reason}.`, 'Name another file.');
  return { format, path };
}

/** What can be known of it before anything is done. */
function whyNotWritable(path: string): string | null {
  try {
    const folder = dirname(path);
    if (!statSync(folder).isDirectory()) return 'a part of the path is not a folder';
    accessSync(folder, constants.W_OK);
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found === undefined || found.isFile() ? null : 'it is no regular file';
  } catch (cause) {
    return plainReason(cause);
  }
}

const refused = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('OPTION_INVALID', message, { hint })]);
