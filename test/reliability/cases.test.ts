import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import type { FuzzCase } from './fuzz-case.ts';
import { play } from './fuzz-play.ts';

/*
 * What the randomised search has found, or shall never find, each as a case of its own. A new one is what `npm run fuzz` prints, in a file of
 * `cases/` whose name says what went wrong. `npm run fuzz -- --case FILE` plays one alone.
 */

const cases = join(import.meta.dirname, 'cases');
const test = suite('cases of the randomised search');

for (const file of readdirSync(cases).sort())
  test(file.replace(/\.json$/, '').replaceAll('-', ' '), async () => {
    // Written by the search itself, in the form of its cases.
    await play(JSON.parse(readFileSync(join(cases, file), 'utf8')) as FuzzCase);
  });

test.run();
