import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pickText } from '../../src/render/assign/pick-text.ts';
import { paint } from '../../src/render/paint.ts';
import { width } from '../../src/render/width.ts';

const test = suite('a question as it is drawn');

const others = [{ label: 'Back to the question before', note: '', detail: '' }];

/** The rows of the list and of what else can be done. */
function rows(label: string, note: string, columns: number): readonly string[] {
  const words = { place: '', title: '', about: '', prompt: '', typed: '', help: '' };
  const lines = [{ label, note, detail: '' }];
  const view = { ...words, lines, others, active: 0, paint: paint(false) };
  const all = pickText(view, { columns, rows: 30 }).below.split('\n');
  for (const row of all) assert.ok(width(row) < columns, row);
  return all;
}

const name = '1009 소프트웨어 구독료 및 클라우드 서비스';

test('a name has the room that a short note leaves', () => {
  assert.match(rows(name, 'external · Expense', 80)[0] ?? '', name);
});

test('a reason has room beside a long name', () => {
  const [row = ''] = rows(name.repeat(3), 'external · Expense · both other lines of Hetzner are on it', 80);
  assert.match(row, '… ');
  assert.match(row, 'external · Expense · both other');
});

test('what else can be done is written out beside no note', () => {
  assert.ok(rows(name, 'external', 50).includes('  Back to the question before'));
});

test.run();
