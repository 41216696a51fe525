import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { format } from '../../../src/load/format/format.ts';

const test = suite('the canonical form of large files');

test('twenty thousand entries are formatted in bounded time', () => {
  const entries = Array.from(
    { length: 20_000 },
    (_, index) => `  a${index}: {nominal_code: '${index}',name: A${index}} # c\n`,
  );
  const began = process.cpuUsage();
  const done = format({ path: 'a.yaml', text: `ledger_accounts:\n${entries.join('')}`, modeline: null });
  const after = 'text' in done ? done.text : '';
  assert.ok(process.cpuUsage(began).user < 15_000_000);
  assert.is(after.split('\n')[19_999], '  a19998: { name: A19998, nominal_code: "19998" } # c');
});

test.run();
