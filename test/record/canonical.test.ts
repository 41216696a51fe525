import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonical } from '../../scripts/record/canonical.ts';
import { openScreen } from '../ui/screen.ts';
import { rowsOf } from './shown.ts';

const test = suite('what differs from session to session');

const shown = (text: string, columns: number): readonly string[] => {
  const screen = openScreen(columns, 4);
  screen.feed(text);
  return rowsOf(canonical(screen.lines()));
};

test('the id of an apply is the same one in every recording', () => {
  assert.equal(shown('旅 Run 20261128T230719Z-c3a320.', 40), shown('旅 Run 20270101T000000Z-00d54e.', 40));
  assert.match(shown('Run 20261128T230719Z-c3a320.', 40)[0] ?? '', /^Run 20261102T081500Z-4f1c2a\.$/);
});

test('also where the end of a row breaks it', () => {
  assert.equal(shown('Run 20261128T230719Z-c3a320.', 15), ['Run 20261102T08', '1500Z-4f1c2a.', '', '']);
});

test('nothing else is touched', () => {
  const text = 'Base 900269d71008, 旅 2026-11-02';
  assert.is(shown(text, 40)[0], text);
});

test.run();
