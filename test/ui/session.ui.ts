import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { draw } from '../../scripts/record/drawing.ts';
import { perform } from '../../scripts/record/perform.ts';
import { caption, play } from '../../scripts/record/play.ts';
import { rowsIn, rowsOf } from '../record/shown.ts';

/* The session that the README shows, played again: it must not show what no longer happens. */

const test = suite('the recorded session in the README');

test('is what happens when its lines are typed today; otherwise: npm run record', async () => {
  const committed = readFileSync('docs/session.svg', 'utf8');
  const recording = await perform(play);
  const rows = rowsOf(recording.lines);
  // The last row is a prompt, so that none is left out at the end.
  assert.equal(rowsIn(committed), rows);
  assert.is(draw(recording, caption), committed, 'the rows are the same, and the drawing is not');
});

test.run();
