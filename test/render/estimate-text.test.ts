import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { atLeastText, durationText, estimateText } from '../../src/render/estimate-text.ts';

const test = suite('what reading will take');

const durations: readonly (readonly [seconds: number, text: string])[] = [
  [0.2, '1 s'],
  [67, '67 s'],
  [119.2, '2 min'],
  [252, '4 min 12 s'],
  [3600, '1 h'],
  [3901, '1 h 5 min'],
];

for (const [seconds, text] of durations)
  test(`${seconds} seconds are told as ${text}`, () => assert.is(durationText(seconds), text));

test('lines of payables are told with the requests that they take, and their time at the limit', () => {
  assert.is(
    estimateText(10_000, 30),
    'reads the lines of 10,000 payables: about 10,000 requests, 5 min 34 s at 30 a second',
  );
  assert.is(
    estimateText(1, 30),
    'reads the lines of 1 payable: about 1 request, under a second at 30 a second',
  );
});

test('of lists the least number of requests is told', () => {
  const what = 'the synchronization records of 6 types';
  assert.is(atLeastText(what, 6, 30), `reads ${what}: 6 requests or more, under a second at 30 a second`);
  assert.is(atLeastText(what, 60, 30), `reads ${what}: 60 requests or more, 2 s at 30 a second`);
  assert.is(
    atLeastText(what, 1, 10_000),
    `reads ${what}: 1 request or more`,
    'without a limit there is no time',
  );
});

test.run();
