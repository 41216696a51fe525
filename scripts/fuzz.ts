import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type FuzzCase, fuzzCase } from '../test/reliability/fuzz-case.ts';
import { play } from '../test/reliability/fuzz-play.ts';

/*
 * npm run fuzz -- [--minutes N | --runs N] [--seed S]      searches, and prints the smallest case of what it finds
 * npm run fuzz -- --case FILE                              plays one case again
 *
 * A case that was found belongs into test/reliability/cases/<what went wrong>.json, where the tests play it first.
 */

const { values } = parseArgs({
  options: {
    case: { type: 'string' },
    minutes: { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string' },
  },
});

if (values.case !== undefined) {
  // Printed by the search itself, in the form of its cases.
  const played = await play(JSON.parse(readFileSync(values.case, 'utf8')) as FuzzCase);
  console.log(`as it must be: ${JSON.stringify(played)}`);
} else await search();

async function search(): Promise<void> {
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const minutes = values.minutes === undefined ? null : Number(values.minutes);
  const runs = values.runs === undefined ? null : Number(values.runs);
  if (![seed, minutes ?? 1, runs ?? 1].every((each) => each > 0))
    throw new Error('--minutes, --runs and --seed are numbers above 0');
  const end = Date.now() + (minutes ?? (runs === null ? 1 : Number.POSITIVE_INFINITY)) * 60_000;
  let done = 0;
  for (let round = 0; Date.now() < end && done < (runs ?? Number.POSITIVE_INFINITY); round += 1) {
    const numRuns = Math.min(1000, (runs ?? Number.POSITIVE_INFINITY) - done);
    const result = await fc.check(
      fc.asyncProperty(fuzzCase, async (each) => void (await play(each))),
      { seed: seed + round, numRuns },
    );
    done += result.numRuns;
    console.error(`${done} cases, seed ${seed + round}`);
    if (!result.failed) continue;
    console.error(result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance);
    console.log(JSON.stringify(result.counterexample?.[0]));
    process.exitCode = 1;
    return;
  }
  console.log(`${done} cases passed`);
}
