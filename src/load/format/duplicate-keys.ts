import type { Problem } from '../../model/problem.ts';
import type { Layout } from '../edit/layout.ts';
import { within } from '../edit/place.ts';
import { duplicateKey } from '../grow.ts';
import { originOf, sourceFile } from '../source-file.ts';

/** The keys that stand twice in a mapping, whatever else is wrong with them: nobody knows which of the two is meant. */
export function duplicateKeys(path: string, { root, text }: Layout): readonly Problem[] {
  const file = sourceFile(path, text);
  const problems: Problem[] = [];
  for (const place of root ? within(root) : []) {
    if (place.type !== 'mapping') continue;
    const first = new Map<string, number>();
    for (const { name, start } of place.members) {
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, start);
      else
        problems.push({
          ...duplicateKey(name, originOf({ file, start: earlier })),
          ...originOf({ file, start }),
        });
    }
  }
  return problems;
}
