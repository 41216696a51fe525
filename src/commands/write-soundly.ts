import { join } from 'node:path';
import { errorsWith } from '../load/accept/errors-with.ts';
import { realOf } from '../load/inside.ts';
import type { LoadOptions } from '../load/load.ts';
import { maxBytes, readFile } from '../load/read-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { type ImportOutcome, putNew } from './import-write.ts';
import { replaceFile } from './replace-file.ts';

/** A file as it was read, or a new one. */
export interface Rewritten {
  /** Relative to the root. */
  readonly path: string;
  readonly root: string;
  readonly text: string;
  /** `printed`: it is only shown. */
  readonly status: 'there' | 'new' | 'printed';
  /** A new one may take the place of another. */
  readonly force: boolean;
  readonly loading: LoadOptions;
}

/** Writes a new text into a file, if the configuration is right with it and nobody else has changed the file meanwhile; else Stop. */
export async function writeSoundly(file: Rewritten, after: string): Promise<ImportOutcome> {
  const { force, loading, path, root, status, text } = file;
  if (Buffer.byteLength(after) > maxBytes)
    throw new Stop(3, [
      errorProblem(
        'FILE_TOO_LARGE',
        `${path} would have more than ${maxBytes / 1024 / 1024} MB; nothing is written.`,
        {
          hint: 'Divide it into several files, and name them in `extends`.',
        },
      ),
    ]);
  const errors = await errorsWith([{ path, after }], loading, kinds);
  if (errors.length > 0) throw new Stop(3, errors);
  if (status === 'printed') return 'printed';
  if (status === 'new') return putNew(path, after, root, force);
  // Reading follows no link, and a file may well be one.
  const now = await readFile(await realOf(join(root, path)), path);
  if (!('text' in now) || now.text !== text)
    throw new Stop(1, [
      errorProblem('FILE_CHANGED', `${path} was changed meanwhile; nothing is written.`, {
        hint: 'Run it again.',
      }),
    ]);
  await replaceFile(join(root, path), after, root, 'keep');
  return 'extended';
}
