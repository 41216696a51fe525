import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveConnection } from '../../src/model/live.ts';
import { errorProblem, type Problem } from '../../src/model/problem.ts';
import { explainLookUps } from '../../src/observe/explain-look-ups.ts';
import type { MemoryFault } from '../../src/providers/memory/fault.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import { emptyOrganization } from '../../src/providers/memory/organization.ts';
import { codes, kinds } from '../plan/build.ts';

const test = suite('observe/explain-look-ups');

const unfound = errorProblem('LOOKUP_NONE', 'None.', { address: 'external.tax_rates.a', hint: 'Near: "B".' });
const connection = (last_pull: string | null): LiveConnection => ({
  id: 'c',
  status: 'connected',
  platform: 'xero',
  last_pull,
  created_at: null,
  connection_url: null,
  business_name: null,
  errors: [],
});

async function explain(
  problems: readonly Problem[],
  connections: readonly LiveConnection[],
  faults: readonly MemoryFault[] = [],
) {
  const organization = emptyOrganization(kinds);
  organization.connections = connections;
  const provider = memoryProvider({ organization, faults });
  const explained = await explainLookUps(problems, provider);
  return { explained, calls: provider.calls.length };
}

const reasons: readonly [title: string, connections: readonly LiveConnection[], hint: RegExp][] = [
  ['without a connection there is nothing external', [], /connected/],
  ['a connection that has never pulled has nothing external', [connection(null)], /never pulled/],
  [
    'after a pull the near codes are the better hint',
    [connection(null), connection('2026-01-01T00:00:00Z')],
    /Near/,
  ],
];
for (const [title, connections, hint] of reasons)
  test(title, async () => {
    const { explained } = await explain([unfound], connections);
    assert.match(explained[0]?.hint ?? '', hint);
    assert.match(explained[0]?.hint ?? '', 'Near: "B".');
    assert.is(explained.length, 1);
  });

for (const [title, problem] of [
  ['an ambiguous look-up', errorProblem('LOOKUP_SEVERAL', 'Two.', { address: 'external.tax_rates.a' })],
  ['a look-up in place', errorProblem('LOOKUP_NONE', 'None.', { address: 'settings.tax_rates.deductions' })],
] as const)
  test(`${title} does not ask for connections`, async () => {
    const { explained, calls } = await explain([problem], []);
    assert.equal([explained, calls], [[problem], 0]);
  });

test('when the reason cannot be read, the look-up is reported and that it could not', async () => {
  const { explained } = await explain(
    [unfound],
    [],
    [{ on: 'connections', index: 0, effect: { type: 'fails' } }],
  );
  assert.equal(explained[0], unfound);
  assert.is(explained.length, 2);
  assert.is(explained[1]?.severity, 'warning');
  assert.not(codes(explained).slice(1).includes('LOOKUP_NONE'));
});

test.run();
