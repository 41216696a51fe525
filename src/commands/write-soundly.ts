import { join } from 'node:path';
import { errorsWith } from '../load/accept/errors-with.ts';
import type { LoadOptions } from '../load/load.ts';
import { maxBytes } from '../load/read-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { demandUnchanged } from './demand-unchanged.ts';
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
  if (status === 'new') return putNew(path, after, { root, cwd: loading.cwd }, force);
  await demandUnchanged(path, text, root);
  await replaceFile(join(root, path), after, root, 'keep');
  return 'extended';
}
