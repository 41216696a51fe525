import type { Change } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { LoadOptions } from '../load.ts';
import { type Accepted, accept } from './accept.ts';
import { errorsWith } from './errors-with.ts';
import type { Left } from './wish.ts';

/** The same as `accept`, but no change is accepted with which the files would not load any more. */
export async function acceptSoundly(
  changes: readonly Change[],
  given: Parameters<typeof accept>[1],
  options: LoadOptions,
): Promise<Accepted> {
  const left: Left[] = [];
  for (let tried = changes; ; ) {
    const accepted = accept(tried, given);
    const errors = accepted.files.length === 0 ? [] : await errorsWith(accepted.files, options, given.kinds);
    const [first] = errors;
    if (!first) return { ...accepted, left: [...accepted.left, ...left] };
    const blamed = accepted.accepted.filter((change) => errors.some((error) => isAbout(error, change)));
    const leaving = new Set(blamed.length > 0 ? blamed : accepted.accepted);
    for (const change of leaving) {
      const error = errors.find((each) => isAbout(each, change)) ?? first;
      left.push({
        change,
        why: `the file would be wrong: ${error.message.replace(/\.$/, '')}`,
        origin: change.source,
      });
    }
    tried = tried.filter((change) => !leaving.has(change));
  }
}

const isAbout = ({ address, message }: Problem, change: Change): boolean =>
  address === change.address || message.includes(`\`${change.address}\``);
