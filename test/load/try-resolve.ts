import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLayers } from '../../src/load/layers.ts';
import { resolve } from '../../src/load/resolve.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Problem } from '../../src/model/problem.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

/** What files come to, usable or not: the first of them with all that it extends, and what resolving them complains of. */
export async function tryResolve(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly desired: Desired; readonly problems: readonly Problem[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-resolve-'));
  try {
    for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
    const path = join(folder, Object.keys(files)[0] ?? '');
    const given = { path, environment: null, variables: {}, allowOutside: false, root: folder, cwd: folder };
    const { tree } = await readLayers(path, given, kinds);
    if (!tree) throw new Error('There is nothing to resolve.');
    return resolve(tree, kinds, null);
  } finally {
    await rm(folder, { recursive: true });
  }
}
