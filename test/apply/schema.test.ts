import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { refusedReport } from '../../src/apply/report.ts';
import { errorProblem } from '../../src/model/problem.ts';
import { problemCodes } from '../../src/model/problem-codes.ts';
import type { MemoryFault } from '../../src/providers/memory/fault.ts';
import { declare, organizationWith, planFor, productOf, run } from './world.ts';

const schema: unknown = JSON.parse(readFileSync('schemas/apply.v1.schema.json', 'utf8'));
const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
const validate = ajv.compile(typeof schema === 'object' && schema !== null ? schema : {});

const test = suite('the schema of an apply report');

const desired = declare({
  ledger_accounts: { cash: { name: 'Cash', nominal_code: '1000' } },
  settings: { 'settings.ledger_accounts.payments': 'ledger_accounts.cash' },
});

const rows: Readonly<Record<string, readonly MemoryFault[]>> = {
  'an applied plan': [],
  'a refused write': [{ on: 'create', index: 0, effect: { type: 'refused' } }],
  'a value stored otherwise': [
    { on: 'create', index: 0, effect: { type: 'stored', fields: { name: 'Kasse' } } },
  ],
  'a write of which nobody knows': [
    { on: 'writeSettings', index: 0, effect: { type: 'late', reads: Number.POSITIVE_INFINITY } },
  ],
  'an end check that cannot read': [{ on: 'list', index: 1, effect: { type: 'fails', endsRun: true } }],
};

for (const [name, faults] of Object.entries(rows))
  test(`fits ${name}`, async () => {
    const organization = organizationWith();
    const { report } = await run(await planFor(desired, organization), desired, organization, { faults });
    assert.is(validate(report), true, JSON.stringify(validate.errors));
    assert.is(report.outcome === 'applied', faults.length === 0);
    const { converged: _, ...incomplete } = report;
    assert.is(validate(incomplete), false);
    assert.is(validate({ ...report, more: 1 }), false);
  });

test('fits what was overtaken, and what a rule matches anew', async () => {
  const organization = organizationWith({ ledger_accounts: [{ nominal_code: '1000' }] });
  organization.products = [productOf('SKU-1', null), productOf('SKU-2', null)];
  const desired = declare({
    ledger_accounts: { cash: { nominal_code: '1000' } },
    products: [{ when: { type: ['service'] }, ledger_account: 'ledger_accounts.cash' }],
  });
  const plan = await planFor(desired, organization);
  const goods = productOf('SKU-1', null, { type: 'product' });
  organization.products = [goods, productOf('SKU-2', null), productOf('SKU-3', null)];
  const { report } = await run(plan, desired, organization);
  assert.is(validate(report), true, JSON.stringify(validate.errors));
  assert.equal([report.outcome, report.summary.overtaken, report.summary.applied], ['applied', 1, 1]);
  assert.equal(
    report.problems.map(({ code }) => code),
    ['RULES_MATCH_ANEW'],
  );
});

test('fits a refusal: every change is skipped, and nothing is proven', async () => {
  const plan = await planFor(desired, organizationWith());
  const refused = refusedReport(plan, [errorProblem('STALE', 'x')], 3);
  assert.is(validate(refused), true, JSON.stringify(validate.errors));
  assert.equal(
    refused.outcomes.map(({ address, status }) => [address, status]),
    plan.changes.map(({ address }) => [address, 'skipped']),
  );
  assert.equal([refused.summary.skipped, refused.converged, refused.run], [2, false, null]);
});

test('fits what is printed instead of a report', () => {
  const problems = problemCodes.map((code) => ({
    code,
    severity: 'error',
    message: 'x',
    file: null,
    line: null,
    column: null,
    address: null,
    hint: null,
  }));
  assert.is(validate({ ok: false, exit_code: 4, problems }), true, JSON.stringify(validate.errors));
  assert.is(validate({ ok: false, exit_code: 0, problems }), false);
});

test.run();
