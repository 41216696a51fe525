import { resolve } from 'node:path';
import { shownPath } from '../../load/inside.ts';
import { decode, maxBytes, type ReadFile, tooLarge } from '../../load/read-file.ts';
import { rootOf } from '../configuration.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { exitCodeOf, formatRead } from './format-file.ts';
import { tellFormatted } from './tell-formatted.ts';

/** Prints what stdin says in canonical form, and nothing where there is none: an editor puts it in place of its text. */
export async function formatStdin(given: string | null, write: boolean, shell: Shell): Promise<ExitCode> {
  const { cwd } = shell.edge;
  const file = given === null ? null : resolve(cwd, given);
  const root = file === null ? cwd : rootOf({ config: [file] }, cwd);
  const path = file === null ? 'stdin' : await shownPath(root, file);
  const read = await readStdin(path, shell);
  if ('text' in read) shell.texts.set(path, read.text);
  const formatted = formatRead(read, path, file === null ? null : { file, root });
  const exitCode = exitCodeOf(formatted, write);
  if (write && exitCode === 0) shell.print(formatted.after);
  const { problems } = formatted;
  tellFormatted({ files: [formatted], problems, exitCode, write, printed: write }, shell);
  return exitCode;
}

async function readStdin(path: string, { edge }: Shell): Promise<ReadFile> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of edge.stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) return tooLarge(path, size);
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks), path);
}
