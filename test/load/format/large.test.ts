import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { format } from '../../../src/load/format/format.ts';

const test = suite('the canonical form of large files');

test('fifty thousand entries are formatted in bounded time', () => {
  const entries = Array.from(
    { length: 50_000 },
    (_, index) => `  a${index}: {nominal_code: '${index}',name: A${index}} # c\n`,
  );
  const began = performance.now();
  const done = format({ path: 'a.yaml', text: `ledger_accounts:\n${entries.join('')}`, modeline: null });
  const after = 'text' in done ? done.text : '';
  assert.ok(performance.now() - began < 30_000);
  assert.is(after.split('\n')[49_999], '  a49998: { name: A49998, nominal_code: "49998" } # c');
});

test.run();
