import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { digestOf, seal } from '../../src/plan/seal.ts';
import { codes, kinds, live, proposal } from './build.ts';
import { by, sealed } from './sealed.ts';

const test = suite('plan/seal');

test('the summary counts the changes', () => {
  assert.equal(sealed.summary, { create: 1, update: 2, delete: 1, assign: 0, unassign: 0, set: 2, drift: 0 });
});

test('every live object that a change mentions is in the plan, and nothing that it creates', () => {
  assert.equal(sealed.observed.references, {
    'external.ledger_accounts.fees': { id: 'x1', code: '404', name: 'Bank fees', external: true },
    'ledger_accounts[a2]': { id: 'a2', code: '1180', name: 'Old', external: false },
    'ledger_accounts[gone]': { id: 'gone', code: null, name: null, external: null },
  });
});

test('a setting is called by what it holds, and belongs to the organization', () => {
  const change = sealed.changes.find(({ address }) => address === 'settings.ledger_accounts.payments');
  assert.equal(
    [change?.label, change?.id, change?.before, change?.after],
    [
      'payments ledger account',
      'org',
      { ledger_account: 'ledger_accounts[a2]' },
      { ledger_account: 'ledger_accounts.income' },
    ],
  );
});

test('refusals stand behind the warnings of the plan', () => {
  assert.is(codes(sealed.warnings).at(-1), 'TWINS');
});

test('targets are in the plan only where there are some, in one order', () => {
  const empty = proposal({}, live({}));
  assert.not('targets' in seal(empty, by).config);
  assert.equal(seal(empty, { ...by, targets: ['b', 'a'] }).config.targets, ['a', 'b']);
});

test('the digest does not depend on the order of members, and on everything else', () => {
  const reversed = Object.fromEntries(Object.entries(sealed).reverse()) as unknown as typeof sealed;
  assert.is(digestOf(reversed), sealed.digest);
  assert.is.not(digestOf({ ...sealed, api_url: 'other' }), sealed.digest);
  assert.match(sealed.digest, /^sha256:[0-9a-f]{64}$/);
});

test('time and traffic are in created_at, observed and digest alone', () => {
  const later = seal(proposal({}, live({})), { ...by, at: new Date(1e12), requests: 99 });
  const sooner = seal(proposal({}, live({})), by);
  const differing = Object.keys(later).filter(
    (member) => JSON.stringify(Reflect.get(later, member)) !== JSON.stringify(Reflect.get(sooner, member)),
  );
  assert.equal(differing.sort(), ['created_at', 'digest', 'observed']);
});

test('a plan has no kind that the document does not know', () => {
  const schema = JSON.parse(readFileSync('schemas/plan.v1.schema.json', 'utf8'));
  const names = kinds.collections.map(({ name }) => name);
  assert.equal(schema.properties.changes.items.properties.kind.enum, [
    ...names,
    'setting',
    'product_assignment',
    'line_item_assignment',
  ]);
});

test.run();
