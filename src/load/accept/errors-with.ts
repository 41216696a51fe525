import type { Kinds } from '../../model/kind.ts';
import type { Problem } from '../../model/problem.ts';
import { type LoadOptions, load } from '../load.ts';
import { withTexts } from '../with-texts.ts';

/** What loading says of the files as they would be with new texts; none when they would be right. */
export async function errorsWith(
  files: readonly { readonly path: string; readonly after: string }[],
  options: LoadOptions,
  kinds: Kinds,
): Promise<readonly Problem[]> {
  const source = await withTexts(options.root, new Map(files.map(({ after, path }) => [path, after])));
  const { desired, problems } = await load({ ...options, source }, kinds);
  return desired ? [] : problems.filter(({ severity }) => severity === 'error');
}
