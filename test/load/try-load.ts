import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Loaded, type LoadOptions, load } from '../../src/load/load.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

/** What every complete file begins with. */
export const head = 'version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }\n';

/** Loads files from a folder of their own, the first of them unless `path` says otherwise; options may be made for the folder. */
export async function tryLoad(
  files: Readonly<Record<string, string | Uint8Array>>,
  options:
    | Partial<LoadOptions>
    | ((folder: string) => Partial<LoadOptions> | Promise<Partial<LoadOptions>>) = {},
): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-load-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const path = Object.keys(files)[0] ?? 'ledgerform.yaml';
    const given = { path, environment: null, variables: {}, allowOutside: false, root: folder, cwd: folder };
    const more = typeof options === 'function' ? await options(folder) : options;
    return await load({ ...given, ...more }, kinds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Loads one file's text. */
export const tryText = (text: string, options: Partial<LoadOptions> = {}): Promise<Loaded> =>
  tryLoad({ 'ledgerform.yaml': text }, options);

/** `CODE line:column` of every problem. */
export const told = ({ problems }: Loaded): readonly string[] =>
  problems.map((each) => `${each.code} ${each.line}:${each.column}`);
