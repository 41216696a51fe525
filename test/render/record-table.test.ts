import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SyncedRecord } from '../../src/model/synced-record.ts';
import { recordTable } from '../../src/render/record-table.ts';
import { width, wrapped } from '../../src/render/width.ts';
import { harmful, hostile } from './hostile.ts';

const test = suite('tables of records');

const id = '0d9f4c1a-3b2e-4a5f-8c6d-7e8f9a0b1c2d';
const object = '6a3c1f0e-5b7d-4f2a-9c1e-2f8b7a6d5c4e';
const failed: SyncedRecord = {
  id,
  object_type: 'payment_record',
  object_id: object,
  sync_status: 'error',
  errors: [
    'the settings have no ledger account for payments, and none of the accounts over there is meant for them',
  ],
  created_at: '2026-11-28T09:00:00.000Z',
  updated_at: '2026-11-28T09:00:00.000Z',
  last_pulled_at: null,
  object_updated_at: null,
  platform: 'xero',
  platform_object_id: 'inv_4711',
  platform_updated_at: null,
  provider: null,
  provider_object_id: null,
  provider_updated_at: null,
};

for (const room of [80, 100, 120, 160, Number.POSITIVE_INFINITY])
  test(`in ${room} columns no line is longer, and ids and errors are whole`, () => {
    const text = recordTable([failed, { ...failed, object_id: null }], room);
    const lines = text.trimEnd().split('\n');
    assert.ok(lines.every((line) => width(line) <= room));
    assert.match(lines[1] ?? '', new RegExp(`${id}$`));
    assert.ok(text.includes(object));
    assert.ok(text.replace(/\s+/g, ' ').includes(failed.errors[0] ?? '-'));
    assert.is(text.includes('inv_4711'), room > 130);
  });

test('columns without any value are left out', () => {
  const [titles] = recordTable([{ ...failed, platform: null, platform_object_id: null }], 400).split('\n');
  assert.is(titles?.includes('platform'), false);
});

test('wrapping loses no word, and breaks none', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (text, columns) => {
      const lines = wrapped(text, columns);
      assert.is(lines.join(' '), text);
      for (const line of lines) assert.ok(width(line) <= columns || !line.trim().includes(' '));
    }),
    { numRuns: 200 },
  );
});

test('what a service says stays within its lines', () => {
  for (const text of Object.values(hostile))
    for (const room of [30, 80, Number.POSITIVE_INFINITY])
      assert.not.match(recordTable([{ ...failed, errors: [text, `no account ${text}`] }], room), harmful);
});

test.run();
