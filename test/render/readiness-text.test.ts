import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonText } from '../../src/render/json-text.ts';
import { paint } from '../../src/render/paint.ts';
import { readinessText } from '../../src/render/readiness/readiness-text.ts';
import { fullReadiness, poisonedReadiness } from '../accounting/readiness/full-readiness.ts';
import { readinessOf, theirs } from '../accounting/readiness/readiness-world.ts';
import { harmInJson, harmInLines, hostileTexts } from '../reliability/hostile/texts.ts';
import { matchesGolden } from './golden.ts';

const test = suite('readiness as text');
const plain = paint(false);

test('one page says how far each type is, what is missing, and what mends it', () => {
  matchesGolden('readiness.txt', readinessText(fullReadiness, plain, false));
});

test('everything is listed on demand, each place with its id', () => {
  const text = readinessText(fullReadiness, plain, true);
  matchesGolden('readiness-all.txt', text);
  for (const { places } of fullReadiness.gaps.flatMap(({ groups }) => groups))
    for (const { id } of places) assert.ok(text.includes(id), id);
});

test('where nothing is missing it says so', () => {
  matchesGolden('readiness-ready.txt', readinessText(readinessOf(theirs), plain, false));
});

for (const [what, text] of Object.entries(hostileTexts))
  test(`${what} means nothing in it`, () => {
    const readiness = poisonedReadiness(text, `x${text}y`);
    for (const all of [false, true]) {
      assert.is(harmInLines(readinessText(readiness, plain, all)), null);
      assert.is(harmInLines(readinessText(readiness, paint(true), all), 'coloured'), null);
    }
    assert.is(harmInJson(jsonText(readiness)), null);
  });

test.run();
