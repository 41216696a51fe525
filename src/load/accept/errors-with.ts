import { join } from 'node:path';
import type { Kinds } from '../../model/kind.ts';
import type { Problem } from '../../model/problem.ts';
import { diskFiles } from '../file-source.ts';
import { type LoadOptions, load } from '../load.ts';

/** What loading says of the files as they would be with new texts; none when they would be right. */
export async function errorsWith(
  files: readonly { readonly path: string; readonly after: string }[],
  options: LoadOptions,
  kinds: Kinds,
): Promise<readonly Problem[]> {
  const texts = new Map<string, string>();
  for (const { after, path } of files) texts.set(await diskFiles.real(join(options.root, path)), after);
  const source: typeof diskFiles = {
    ...diskFiles,
    read: async (real, shown) => {
      const text = texts.get(real);
      return text === undefined ? diskFiles.read(real, shown) : { bytes: Buffer.from(text), text };
    },
  };
  const { desired, problems } = await load({ ...options, source }, kinds);
  return desired ? [] : problems.filter(({ severity }) => severity === 'error');
}
