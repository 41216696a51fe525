import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorsWith } from '../load/accept/errors-with.ts';
import type { LoadOptions } from '../load/load.ts';
import { maxBytes, readFile } from '../load/read-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { plainReason } from './plain-reason.ts';
import { replaceFile } from './replace-file.ts';

/** A file as it was read, or one that is not there yet. */
export interface Rewritten {
  /** Relative to the root. */
  readonly path: string;
  readonly root: string;
  readonly text: string;
  readonly isNew: boolean;
  readonly loading: LoadOptions;
}

/** Writes a new text into a file, if the configuration is right with it and nobody else has changed the file meanwhile; else Stop. */
export async function writeSoundly(file: Rewritten, after: string): Promise<void> {
  const { isNew, loading, path, root, text } = file;
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
  if (isNew) return create(join(root, path), path, after);
  const now = await readFile(join(root, path), path);
  if (!('text' in now) || now.text !== text)
    throw new Stop(1, [
      errorProblem('FILE_CHANGED', `${path} was changed meanwhile; nothing is written.`, {
        hint: 'Run it again.',
      }),
    ]);
  await replaceFile(join(root, path), after, root, 'keep');
}

async function create(target: string, path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
  } catch (cause) {
    throw new Stop(
      3,
      [
        errorProblem('OPTION_INVALID', `${path} cannot be written: ${plainReason(cause)}.`, {
          hint: 'Name another file.',
        }),
      ],
      { cause },
    );
  }
}
