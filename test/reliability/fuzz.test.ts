import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { figures } from './figures.ts';
import { fuzzCase } from './fuzz-case.ts';
import { type Played, play } from './fuzz-play.ts';
import { fuzzRuns } from './fuzz-runs.ts';

/*
 * Random files, organizations, faults, second writers and orders of answers. A failure prints its smallest case as JSON:
 * keep it in `cases/`, which cases.test.ts plays first.
 */

const search = suite('random disturbances');

search('every run says what is true, and all of them converge', async () => {
  const total = { runs: 0, faults: 0, moves: 0, twins: 0, deaths: 0, writes: 0 };
  const add = (played: Played): void => {
    for (const name of Object.keys(total) as (keyof Played)[]) total[name] += played[name];
  };
  await fc.assert(
    fc.asyncProperty(fuzzCase, async (each) => add(await play(each))),
    { numRuns: fuzzRuns(2000), includeErrorInReport: true },
  );
  for (const count of Object.values(total)) assert.ok(count > 0, JSON.stringify(total));
  figures('random', {
    'random runs': total.runs,
    'faults injected': total.faults,
    'writes of a second writer': total.moves,
    'processes killed': total.deaths,
    'twins named': total.twins,
  });
});

search.run();
