import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { figures } from './figures.ts';
import { type FuzzCase, fuzzCase } from './fuzz-case.ts';
import { type Played, play } from './fuzz-play.ts';
import { fuzzRuns } from './fuzz-runs.ts';

/*
 * Random files, organizations, faults, second writers and orders of answers. What the search ever found is a case of its
 * own in `cases/` and is played first. A failure prints its case as JSON: keep it there, under a name that says what went
 * wrong, and play it alone with `npm run fuzz -- --case FILE`.
 */

const cases = join(import.meta.dirname, 'cases');
const kept = suite('cases that the randomised search has found');

for (const file of readdirSync(cases).sort())
  kept(file.replace(/\.json$/, '').replaceAll('-', ' '), async () => {
    // Written by the search itself, in the form of its cases.
    await play(JSON.parse(readFileSync(join(cases, file), 'utf8')) as FuzzCase);
  });

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

kept.run();
search.run();
