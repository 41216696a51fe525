import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeOf } from '../../src/apply/report.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.ts';
import { Stop } from '../../src/model/problem.ts';
import type { MemoryCall } from '../../src/providers/memory/fault.ts';
import { type MemoryOrganization, removeObject } from '../../src/providers/memory/organization.ts';
import {
  addPayable,
  type Declaration,
  declare,
  organizationWith,
  planFor,
  pointers,
  productOf,
  run,
} from './world.ts';

const test = suite('applying assignments');

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [hosting, fees, reduced] = [id(1), id(2), id(3)];

/** Two accounts and a rate; two products; a bill with two lines. */
function stored(): MemoryOrganization {
  const organization = organizationWith({
    ledger_accounts: [
      { name: 'Hosting', nominal_code: '6800' },
      { name: 'Fees', nominal_code: '6855' },
    ],
    tax_rates: [{ name: 'Reduced', code: 'RED', effective_tax_rate: '7%' }],
  });
  organization.products = [productOf('SKU-1', null), productOf('SKU-2', fees)];
  addPayable(organization, 'INV-1', { Server: [null, null], Support: [fees, null] });
  return organization;
}

const keys: Declaration = {
  ledger_accounts: { hosting: { nominal_code: '6800' }, fees: { nominal_code: '6855' } },
  tax_rates: { reduced: { code: 'RED' } },
};
const both = { ledger_account: 'ledger_accounts.hosting', tax_rate: 'tax_rates.reduced' };
const everything: Declaration = {
  ...keys,
  products: [{ when: { name: ['*'] }, ledger_account: 'ledger_accounts.hosting' }],
  line_items: [{ when: {}, ...both }],
};
const product = 'assignments.products.product-SKU-1';
const server = 'assignments.line_items.payable-INV-1/line-Server';
const support = 'assignments.line_items.payable-INV-1/line-Support';

const statuses = ({ outcomes }: ApplyReport): Readonly<Record<string, string>> =>
  Object.fromEntries(
    outcomes.map(({ address, status, error }) => [address, error ? `${status} ${error.code}` : status]),
  );

const writesOf = (calls: readonly MemoryCall[]) =>
  calls.filter(({ write }) => write).map(({ operation, id: about, fields }) => [operation, about, fields]);

async function staleOf(act: Promise<unknown>): Promise<Stop> {
  try {
    await act;
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('fills the gaps, one request for each object with what differs, and proves it', async () => {
  const organization = stored();
  const desired = declare(everything);
  const { report, provider, lines } = await run(await planFor(desired, organization), desired, organization);
  assert.equal(statuses(report), { [product]: 'applied', [server]: 'applied', [support]: 'applied' });
  assert.equal(report.problems, []);
  assert.is(exitCodeOf(report), 0);
  assert.equal(writesOf(provider.calls), [
    ['assignProduct', 'product-SKU-1', { ledger_account_id: hosting }],
    ['assignLineItem', 'line-Server', { ledger_account_id: hosting, accounting_tax_rate_id: reduced }],
    ['assignLineItem', 'line-Support', { accounting_tax_rate_id: reduced }],
  ]);
  assert.equal(pointers(organization), {
    'SKU-1': hosting,
    'SKU-2': fees,
    'INV-1/Server': [hosting, reduced],
    'INV-1/Support': [fees, reduced],
  });
  const outcome = lines.find((line) => line.type === 'outcome' && line.address === server);
  assert.equal(outcome?.type === 'outcome' && outcome.after, {
    ledger_account: 'ledger_accounts.hosting',
    tax_rate: 'tax_rates.reduced',
  });
  assert.equal((await planFor(desired, organization)).changes, []);
});

test('an account that the plan creates is assigned when it is there, from a saved plan too', async () => {
  for (const saved of [false, true]) {
    const organization = stored();
    const desired = declare({
      ledger_accounts: { cloud: { name: 'Cloud', nominal_code: '6810' } },
      products: [{ product: 'SKU-2', ledger_account: 'ledger_accounts.cloud' }],
      line_items: [{ line: 'INV-1/Support', ledger_account: 'ledger_accounts.cloud' }],
    });
    const plan: Plan = JSON.parse(JSON.stringify(await planFor(desired, organization)));
    const { report } = await run(plan, saved ? null : desired, organization);
    assert.is(exitCodeOf(report), 0, JSON.stringify(report));
    assert.is(report.summary.applied, 3);
    assert.equal(pointers(organization), {
      'SKU-1': null,
      'SKU-2': id(4),
      'INV-1/Server': [null, null],
      'INV-1/Support': [id(4), null],
    });
  }
});

test('null unassigns', async () => {
  const organization = stored();
  const desired = declare({
    products: [{ product: 'SKU-2', ledger_account: null }],
    line_items: [{ line: 'INV-1/Support', ledger_account: null, tax_rate: null }],
  });
  const plan = await planFor(desired, organization);
  assert.equal(new Set(plan.changes.map(({ action }) => action)), new Set(['unassign']));
  const { report, provider } = await run(plan, desired, organization);
  assert.is(exitCodeOf(report), 0);
  assert.equal(writesOf(provider.calls), [
    ['assignProduct', 'product-SKU-2', { ledger_account_id: null }],
    ['assignLineItem', 'line-Support', { ledger_account_id: null }],
  ]);
});

test('a delete waits for the assignments that free its account', async () => {
  const organization = stored();
  const desired = declare({
    ledger_accounts: { hosting: { nominal_code: '6800' } },
    products: [{ product: 'SKU-2', ledger_account: 'ledger_accounts.hosting' }],
    line_items: [{ line: 'INV-1/Support', ledger_account: 'ledger_accounts.hosting' }],
    prune: 'all',
  });
  const plan = await planFor(desired, organization);
  const { report, provider } = await run(plan, desired, organization);
  assert.is(exitCodeOf(report), 0, JSON.stringify(report));
  const writes = provider.calls.filter(({ write }) => write).map(({ operation }) => operation);
  assert.equal(writes, ['assignProduct', 'assignLineItem', 'remove']);

  const refused = stored();
  const faults = [{ on: 'assignLineItem', index: 0, effect: { type: 'refused' } }] as const;
  const failed = await run(await planFor(desired, refused), desired, refused, { faults });
  assert.is(statuses(failed.report)[`ledger_accounts[${fees}]`], 'skipped DEPENDENCY_FAILED');
});

test('an account that an overtaken assignment leaves in use is not deleted', async () => {
  const organization = stored();
  const desired = declare({
    ledger_accounts: { hosting: { nominal_code: '6800' } },
    products: [{ when: { type: ['service'] }, overwrite: true, ledger_account: 'ledger_accounts.hosting' }],
    line_items: [{ line: 'INV-1/Support', ledger_account: 'ledger_accounts.hosting' }],
    prune: 'all',
  });
  const plan = await planFor(desired, organization);
  setProduct('SKU-2', { type: 'product' })(organization);
  const { exitCode, problems } = await staleOf(run(plan, null, organization));
  assert.is(exitCode, 4);
  assert.equal(
    problems.map(({ code, uses }) => [code, uses?.map(({ id: user }) => user)]),
    [['IN_USE', ['product-SKU-2']]],
  );
  assert.is(pointers(organization)['SKU-1'], null);
});

interface Row {
  readonly name: string;
  readonly file: Declaration;
  readonly before?: (organization: MemoryOrganization) => void;
  readonly meanwhile: (organization: MemoryOrganization) => void;
  /** What becomes of each change; null where the plan is stale. */
  readonly expected: Readonly<Record<string, string>> | null;
}

const setLine =
  (name: string, ids: { ledger_account_id?: string | null; accounting_tax_rate_id?: string | null }) =>
  (organization: MemoryOrganization) => {
    const lines = organization.lines.get('payable-INV-1') ?? [];
    const all = lines.map((line) => (line.name === name ? { ...line, ...ids } : line));
    organization.lines = new Map(organization.lines).set('payable-INV-1', all);
  };
const setPayable = (more: object) => (organization: MemoryOrganization) => {
  organization.payables = organization.payables.map((payable) => ({ ...payable, ...more }));
};
const setProduct = (reference: string, more: object) => (organization: MemoryOrganization) => {
  organization.products = organization.products.map((each) =>
    each.external_reference === reference ? { ...each, ...more } : each,
  );
};
const dropLine = (organization: MemoryOrganization) => {
  organization.lines = new Map(organization.lines).set('payable-INV-1', []);
};

const rule: Declaration = { ...keys, line_items: [{ when: { counterpart_name: ['Hetz*'] }, ...both }] };
const account: Declaration = {
  ...keys,
  products: [{ when: { type: ['service'] }, ledger_account: 'ledger_accounts.hosting' }],
};
const replacing: Declaration = {
  ...keys,
  products: [{ when: { name: ['*'] }, overwrite: true, ledger_account: 'ledger_accounts.hosting' }],
};
const named: Declaration = { ...keys, line_items: [{ line: 'INV-1/Server', ...both }] };

const rows: readonly Row[] = [
  {
    name: 'a gap that somebody filled otherwise is overtaken, and nothing is overwritten',
    file: account,
    meanwhile: setProduct('SKU-1', { ledger_account_id: fees }),
    expected: { [product]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'a gap that somebody filled as planned is done',
    file: account,
    meanwhile: setProduct('SKU-1', { ledger_account_id: hosting }),
    expected: { [product]: 'already_done' },
  },
  {
    name: 'a product that no longer matches its rule is overtaken',
    file: account,
    meanwhile: setProduct('SKU-1', { type: 'product' }),
    expected: { [product]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'a product that is gone is overtaken for a rule',
    file: account,
    meanwhile: (organization) => {
      organization.products = [];
    },
    expected: { [product]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'an id that points to nothing is a gap, which somebody filled',
    file: account,
    before: setProduct('SKU-1', { ledger_account_id: id(99) }),
    meanwhile: setProduct('SKU-1', { ledger_account_id: fees }),
    expected: { [product]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'an id that points to nothing is filled',
    file: account,
    before: setProduct('SKU-1', { ledger_account_id: id(99) }),
    meanwhile: () => {},
    expected: { [product]: 'applied' },
  },
  {
    name: 'a gap that was another gap when planned is stale',
    file: account,
    before: setProduct('SKU-1', { ledger_account_id: id(99) }),
    meanwhile: setProduct('SKU-1', { ledger_account_id: null }),
    expected: null,
  },
  {
    name: 'what a rule replaces and somebody moved is stale',
    file: replacing,
    meanwhile: setProduct('SKU-2', { ledger_account_id: null }),
    expected: null,
  },
  {
    name: 'what a rule replaces and somebody replaced is stale',
    file: replacing,
    meanwhile: setProduct('SKU-2', { ledger_account_id: id(98) }),
    expected: null,
  },
  {
    name: 'one of two values that is already there is not sent again',
    file: named,
    meanwhile: setLine('Server', { ledger_account_id: hosting }),
    expected: { [server]: 'applied' },
  },
  {
    name: 'one of two gaps that is filled otherwise overtakes the whole line',
    file: rule,
    meanwhile: setLine('Server', { ledger_account_id: fees }),
    expected: { [server]: 'overtaken OVERTAKEN', [support]: 'applied' },
  },
  {
    name: 'lines of a bill that was sent for approval are overtaken for a rule',
    file: rule,
    meanwhile: setPayable({ status: 'approve_in_progress' }),
    expected: { [server]: 'overtaken OVERTAKEN', [support]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'lines of a bill of another vendor are overtaken for a rule',
    file: rule,
    meanwhile: setPayable({ counterpart_name: 'Amazon' }),
    expected: { [server]: 'overtaken OVERTAKEN', [support]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'lines that are gone are overtaken for a rule',
    file: rule,
    meanwhile: dropLine,
    expected: { [server]: 'overtaken OVERTAKEN', [support]: 'overtaken OVERTAKEN' },
  },
  {
    name: 'lines that have their values are done, whatever the bill has become',
    file: rule,
    meanwhile: (organization) => {
      setLine('Server', { ledger_account_id: hosting, accounting_tax_rate_id: reduced })(organization);
      setLine('Support', { accounting_tax_rate_id: reduced })(organization);
      setPayable({ status: 'paid' })(organization);
    },
    expected: { [server]: 'already_done', [support]: 'already_done' },
  },
  {
    name: 'a specific entry whose line somebody assigned otherwise is stale',
    file: named,
    meanwhile: setLine('Server', { ledger_account_id: fees }),
    expected: null,
  },
  { name: 'a specific entry whose line is gone is stale', file: named, meanwhile: dropLine, expected: null },
  {
    name: 'an account that is gone meanwhile is stale, for a rule too',
    file: account,
    meanwhile: (organization) => removeObject(organization, 'ledger_accounts', hosting),
    expected: null,
  },
  {
    name: 'a specific entry does not ask what its bill has become',
    file: named,
    meanwhile: setPayable({ counterpart_name: 'Amazon', status: 'new' }),
    expected: { [server]: 'applied' },
  },
];

for (const { name, file, before: prepare, meanwhile, expected } of rows)
  for (const saved of [true, false])
    test(`${name} (${saved ? 'saved plan' : 'configuration'})`, async () => {
      const organization = stored();
      prepare?.(organization);
      const desired = declare(file);
      const plan = await planFor(desired, organization);
      meanwhile(organization);
      const before = pointers(organization);
      const applied = run(plan, saved ? null : desired, organization);
      if (expected === null) {
        const stop = await staleOf(applied);
        assert.is(stop.exitCode, 4);
        assert.equal(new Set(stop.problems.map(({ code }) => code)), new Set(['STALE']));
        assert.equal(pointers(organization), before);
        return;
      }
      const { report, provider } = await applied;
      assert.equal(statuses(report), expected);
      const overtaken = report.outcomes.filter(({ status }) => status === 'overtaken');
      assert.is(report.summary.overtaken, overtaken.length);
      assert.is(exitCodeOf(report), 0, JSON.stringify(report));
      for (const { id: about, error } of overtaken) {
        assert.is(error?.severity, 'warning');
        assert.is(
          provider.calls.some((call) => call.write && call.id === about),
          false,
        );
      }
    });

test('only the value that is left is sent', async () => {
  const organization = stored();
  const plan = await planFor(declare(named), organization);
  setLine('Server', { ledger_account_id: hosting })(organization);
  const { provider } = await run(plan, null, organization);
  assert.equal(writesOf(provider.calls), [
    ['assignLineItem', 'line-Server', { accounting_tax_rate_id: reduced }],
  ]);
});

for (const { status, reason } of [
  { status: 'waiting_to_be_paid', reason: 'approved' },
  { status: 'rejected', reason: 'rejected' },
])
  test(`a bill that is ${status} fails its line in plain words, and the rest goes on`, async () => {
    const organization = stored();
    addPayable(organization, 'INV-2', { Late: [null, null] }, { status });
    const desired = declare({
      ...everything,
      line_items: [
        { line: 'INV-2/Late', ledger_account: 'ledger_accounts.hosting' },
        { when: {}, ...both },
      ],
    });
    const { report } = await run(await planFor(desired, organization), desired, organization);
    const late = report.outcomes.find(({ address }) => address.includes('INV-2'));
    assert.is(late?.status, 'failed');
    assert.is(late?.error?.code, 'PAYABLE_LOCKED');
    assert.match(late?.error?.message ?? '', 'INV-2 Hetzner / Late');
    assert.match(late?.error?.message ?? '', reason);
    assert.is(report.summary.applied, 3);
    assert.is(exitCodeOf(report), 5);
    assert.equal(report.problems, [], 'what the outcomes say is not said twice');
  });

test('a bill that is sent for approval while its lines are written is told as locked', async () => {
  const organization = stored();
  const desired = declare(rule);
  const plan = await planFor(desired, organization);
  const { report } = await run(plan, desired, organization, {
    memory: {
      onCall: ({ operation }) => {
        if (operation === 'assignLineItem') setPayable({ status: 'approve_in_progress' })(organization);
      },
    },
  });
  assert.equal(new Set(Object.values(statuses(report))), new Set(['failed PAYABLE_LOCKED']));
});

for (const operation of ['assignProduct', 'assignLineItem'] as const)
  for (const { type, status } of [
    { type: 'lost_after', status: 'applied' },
    { type: 'lost_before', status: 'unknown LOST_ANSWER' },
  ] as const)
    test(`an answer that is lost (${operation}, ${type}) is settled by looking`, async () => {
      const organization = stored();
      const desired = declare(everything);
      const plan = await planFor(desired, organization);
      const faults = [{ on: operation, index: 0, effect: { type } }] as const;
      const { report, provider, lines } = await run(plan, desired, organization, { faults });
      const address = operation === 'assignProduct' ? product : server;
      assert.is(statuses(report)[address], status);
      assert.is(
        provider.calls.filter((call) => call.operation === operation && call.id === idIn(address)).length,
        1,
      );
      assert.is(exitCodeOf(report), type === 'lost_after' ? 0 : 5);
      const outcome = lines.find((line) => line.type === 'outcome' && line.address === address);
      assert.is(outcome?.type === 'outcome' && outcome.status, status.split(' ')[0]);
    });

const idIn = (address: string): string => address.split(/[./]/).at(-1) ?? '';

test('a refusal of a line of an open bill is told as it is', async () => {
  const organization = stored();
  const desired = declare(rule);
  const faults = [{ on: 'assignLineItem', index: 0, effect: { type: 'refused', status: 422 } }] as const;
  const { report } = await run(await planFor(desired, organization), desired, organization, { faults });
  assert.equal(statuses(report), { [server]: 'failed API_REFUSED', [support]: 'applied' });
});

test('a value that is stored otherwise is a failure that says so', async () => {
  const organization = stored();
  const desired = declare({ products: [{ product: 'SKU-2', ledger_account: null }] });
  const effect = { type: 'stored', fields: { ledger_account_id: fees } } as const;
  const faults = [{ on: 'assignProduct', index: 0, effect }] as const;
  const { report } = await run(await planFor(desired, organization), desired, organization, { faults });
  assert.equal(statuses(report), { 'assignments.products.product-SKU-2': 'failed VALUE_NOT_STORED' });
  assert.is(exitCodeOf(report), 5);
});

test('a bill that moves on when its last gap is filled is as planned', async () => {
  const organization = stored();
  organization.movesOn = true;
  const desired = declare({ ...keys, line_items: [{ when: { status: ['draft'] }, ...both }] });
  const { report } = await run(await planFor(desired, organization), desired, organization);
  assert.is(organization.payables[0]?.status, 'new');
  assert.is(exitCodeOf(report), 0, JSON.stringify(report));
  assert.is(report.converged, true);
});

test('what a rule matches anew is told as a warning and is no failure', async () => {
  const organization = stored();
  const desired = declare(account);
  const plan = await planFor(desired, organization);
  const { report } = await run(plan, desired, organization, {
    memory: {
      onCall: ({ operation }) => {
        if (operation !== 'assignProduct') return;
        organization.products = [
          ...organization.products,
          productOf('SKU-9', null),
          productOf('SKU-8', null),
        ];
      },
    },
  });
  assert.is(exitCodeOf(report), 0);
  assert.is(report.outcome, 'applied');
  assert.equal(
    report.problems.map(({ code, severity }) => [code, severity]),
    [['RULES_MATCH_ANEW', 'warning']],
  );
  assert.match(report.problems[0]?.message ?? '', 'products-0');
  assert.match(report.problems[0]?.message ?? '', 'SKU-8');
});

test('a specific entry that is not as declared at the end is a failure', async () => {
  const organization = stored();
  const desired = declare({
    ...account,
    line_items: [{ line: 'INV-1/Support', ledger_account: 'ledger_accounts.fees' }],
  });
  const plan = await planFor(desired, organization);
  assert.equal(
    plan.changes.map(({ address }) => address),
    [product],
  );
  const { report } = await run(plan, desired, organization, {
    memory: {
      onCall: ({ operation }) => {
        if (operation === 'assignProduct') setLine('Support', { ledger_account_id: hosting })(organization);
      },
    },
  });
  assert.equal(
    report.problems.map(({ code, address }) => [code, address]),
    [['NOT_CONVERGED', support]],
  );
  assert.is(exitCodeOf(report), 5);
});

test('an assignment that was written and then replaced by somebody is not as planned', async () => {
  const organization = stored();
  const desired = declare(account);
  const plan = await planFor(desired, organization);
  let written = false;
  const { report } = await run(plan, desired, organization, {
    memory: {
      onCall: ({ operation }) => {
        if (written && operation === 'products')
          setProduct('SKU-1', { ledger_account_id: fees })(organization);
        written ||= operation === 'assignProduct';
      },
    },
  });
  assert.equal(
    report.problems.map(({ code }) => code),
    ['NOT_CONVERGED'],
  );
  assert.is(exitCodeOf(report), 5);
});

test.run();
