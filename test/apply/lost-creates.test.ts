import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeOf } from '../../src/apply/report.ts';
import { errorProblem } from '../../src/model/problem.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { type MemoryProvider, memoryProvider } from '../../src/providers/memory/memory.ts';
import { storedObjects } from '../../src/providers/memory/organization.ts';
import { declare, organizationWith, planFor, run } from './world.ts';

/* What is said and done after a create whose answer is lost, where a look by its identity is not enough. */

const test = suite('lost creates');
const cash = { name: 'Cash', nominal_code: '1000' };
const desired = declare({ ledger_accounts: { cash } });

const lost = {
  problem: errorProblem('API_ANSWER', 'unreadable'),
  status: 201,
  requestId: null,
  endsRun: false,
};

/** Applies over a provider of which some verbs answer otherwise. */
async function applyOver(changed: (provider: MemoryProvider) => Partial<Provider>, lag = 0) {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const provider = memoryProvider({ organization, lag });
  const applied = await run(plan, desired, organization, {
    context: { provider: { ...provider, ...changed(provider) } },
  });
  return { ...applied, provider, organization };
}

test('a refusal of the second try says nothing of the first', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const { report, lines } = await run(plan, desired, organization, {
    faults: [
      { on: 'create', index: 0, effect: { type: 'lost_after' } },
      { on: 'create', index: 1, effect: { type: 'refused', status: null } },
    ],
    memory: { lag: 99 },
  });
  assert.equal(
    report.outcomes.map(({ status, error }) => [status, error?.code]),
    [['unknown', 'LOST_ANSWER']],
  );
  assert.is(exitCodeOf(report), 5);
  assert.equal(
    lines.flatMap((line) => (line.type === 'outcome' ? [line.status] : [])),
    ['lost', 'unknown'],
  );
});

test('an object whose code the service stored otherwise is named, and not made again', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const { report, provider } = await run(plan, desired, organization, {
    faults: [{ on: 'create', index: 0, effect: { type: 'lost_after', fields: { nominal_code: '01000' } } }],
  });
  const [stored] = storedObjects(organization, 'ledger_accounts').values();
  assert.is(provider.calls.filter(({ operation }) => operation === 'create').length, 1);
  assert.equal(
    report.outcomes.map(({ status, id, error }) => [status, id, error?.code]),
    [['failed', stored?.id, 'VALUE_NOT_STORED']],
  );
});

test('what another create of the run made is not taken for an object with another code', async () => {
  const organization = organizationWith();
  const both = declare({ ledger_accounts: { cash, copy: { name: 'Cash', nominal_code: '2000' } } });
  const plan = await planFor(both, organization);
  const { report } = await run(plan, both, organization, {
    faults: [
      { on: 'create', index: 0, effect: { type: 'lost_before' } },
      { on: 'create', index: 1, effect: { type: 'lost_after' } },
    ],
  });
  assert.is(exitCodeOf(report), 0, JSON.stringify(report));
  assert.is(storedObjects(organization, 'ledger_accounts').size, 2);
});

test('an id that the answer gave away is looked for instead of creating again', async () => {
  const unread = (provider: MemoryProvider): Partial<Provider> => ({
    create: async (collection, fields) => {
      const written = await provider.create(collection, fields);
      return written.status === 'stored' ? { status: 'lost', error: lost, id: written.stored.id } : written;
    },
  });
  for (const [lag, status] of [
    [0, 'applied'],
    [99, 'unknown'],
  ] as const) {
    const { report, organization } = await applyOver(unread, lag);
    const [object, ...others] = storedObjects(organization, 'ledger_accounts').values();
    assert.equal(others, []);
    assert.equal(
      report.outcomes.map((each) => [each.status, each.id]),
      [[status, object?.id]],
    );
  }
});

test('a write that was never sent leaves the exit code at 1', async () => {
  const { report } = await applyOver(() => ({
    create: async () => ({ status: 'refused', error: { ...lost, status: null } }),
  }));
  assert.equal([report.writes, exitCodeOf(report)], [0, 1]);
  const refused = await applyOver(() => ({ create: async () => ({ status: 'refused', error: lost }) }));
  assert.equal([refused.report.writes, exitCodeOf(refused.report)], [1, 5]);
});

test.run();
