import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '../../load/format/format.ts';
import { realOf } from '../../load/inside.ts';
import { hasModeline } from '../../load/modeline.ts';
import { maxBytes, type ReadFile, readFile, tooLarge } from '../../load/read-file.ts';
import { errorProblem, type Problem } from '../../model/problem.ts';
import { demandUnchanged } from '../demand-unchanged.ts';
import type { ExitCode } from '../exit-code.ts';
import { replaceFile } from '../replace-file.ts';
import { modelineFor, schemaBeside } from '../schema-beside.ts';
import type { Shell } from '../shell.ts';
import type { FileToFormat } from './files-to-format.ts';

/** What became of a file, or would. */
export interface FormattedFile {
  /** As it is shown. */
  readonly path: string;
  readonly changed: boolean;
  readonly before: string;
  readonly after: string;
  /** Its sections keep their order, because of comments between them. */
  readonly divided: boolean;
  /** Editors are not told its schema, and there is none to tell them. */
  readonly unguided: boolean;
  /** Why it stays as it is. */
  readonly problems: readonly Problem[];
}

/** Formats one file; it is written where it changes and nobody else has changed it meanwhile, else Stop. */
export async function formatFile(
  { path, root }: FileToFormat,
  write: boolean,
  shell: Pick<Shell, 'texts'>,
): Promise<FormattedFile> {
  const file = join(root, path);
  const read = await readFile(await realOf(file), path);
  if ('text' in read) shell.texts.set(path, read.text);
  const formatted = formatRead(read, path, { file, root });
  if (write && formatted.changed) {
    await demandUnchanged(path, formatted.before, root);
    await replaceFile(file, formatted.after, root, 'keep');
  }
  return formatted;
}

/** 1: a bug. 3: the file is wrong. 2: it would change. */
export function exitCodeOf({ changed, problems }: FormattedFile, write: boolean): ExitCode {
  if (problems.some(({ code }) => code === 'FORMAT_UNPROVEN')) return 1;
  if (problems.length > 0) return 3;
  return changed && !write ? 2 : 0;
}

/** The canonical form of what was read; `beside` is where the file lies, if it is known. */
export function formatRead(
  read: ReadFile,
  path: string,
  beside: { readonly file: string; readonly root: string } | null,
): FormattedFile {
  if ('code' in read) return unchanged(path, '', problemsOf(read, path));
  const { text } = read;
  const schema = beside && schemaBeside(beside.file, beside.root);
  const found = schema !== null && existsSync(join(schema.top, schema.path));
  const modeline = beside && found ? modelineFor(beside.file, beside.root) : null;
  const done = format({ path, text, modeline });
  if ('problems' in done) return unchanged(path, text, done.problems);
  const size = Buffer.byteLength(done.text);
  if (done.text !== text && size > maxBytes)
    return unchanged(path, text, problemsOf(tooLarge(path, size), path));
  const unguided = beside !== null && !found && !hasModeline(text);
  const { divided, text: after } = done;
  return { path, changed: after !== text, before: text, after, divided, unguided, problems: [] };
}

const unchanged = (path: string, text: string, problems: readonly Problem[]): FormattedFile => ({
  path,
  changed: false,
  before: text,
  after: text,
  divided: false,
  unguided: false,
  problems,
});

const problemsOf = (read: ReadFile, path: string): readonly Problem[] =>
  'code' in read ? [{ ...errorProblem(read.code, read.message, { hint: read.hint }), file: path }] : [];
