import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Identity } from '../../src/model/desired.ts';
import { propose } from '../../src/plan/propose.ts';
import { codes, desired, external, internal, kinds, live } from './build.ts';

const test = suite('plan/look-up');

const state = live(
  {
    ledger_accounts: [
      external('e1', { nominal_code: '404', name: 'Bank fees' }),
      external('e2', { nominal_code: '500', name: 'Twice' }),
      external('e3', { nominal_code: '500', name: 'Twice' }, 'Archived'),
      external('e4', { nominal_code: '600', name: 'Both active' }),
      external('e5', { nominal_code: '600', name: 'Both active' }),
      external('e6', { nominal_code: '700', name: 'Gone' }, 'Archived'),
      internal('i1', { nominal_code: '800', name: 'Ours' }),
      internal('i2', { nominal_code: '404', name: 'Our bank fees' }),
    ],
    tax_rates: [external('t1', { code: 'OUTPUT2', name: 'Standard' })],
  },
  { 'settings.ledger_accounts.products': null },
);

type Row = readonly [title: string, identity: Identity, found: string | null, problem: string | null];

const externals: readonly Row[] = [
  ['finds one by its code, and no internal one of that code', { code: '404' }, 'e1', null],
  ['finds one by its name', { name: 'Bank fees' }, 'e1', null],
  ['finds one by its id', { id: 'e5' }, 'e5', null],
  ['takes the only active one of several, with a warning', { code: '500' }, 'e2', 'LOOKUP_SEVERAL'],
  ['does not choose between several active ones', { code: '600' }, null, 'LOOKUP_SEVERAL'],
  ['warns of an archived one', { code: '700' }, 'e6', 'LOOKUP_ARCHIVED'],
  ['finds no internal object by its code', { code: '800' }, null, 'LOOKUP_NONE'],
  ['finds no internal object by its id', { id: 'i1' }, null, 'LOOKUP_NONE'],
  ['is exact: case is a difference in names', { name: 'bank fees' }, null, 'LOOKUP_NONE'],
  ['finds nothing where nothing is', { code: '999' }, null, 'LOOKUP_NONE'],
];
for (const [title, identity, found, problem] of externals)
  test(`an external look-up ${title}`, () => {
    const file = desired({
      external: { ledger_accounts: { wanted: identity } },
      settings: { 'ledger_accounts.products': 'external:wanted' },
    });
    const proposed = propose(file, state, kinds);
    const severity = found === null ? proposed.problems : proposed.warnings;
    assert.equal(codes(severity), problem === null ? [] : [problem]);
    assert.is(proposed.references['external.ledger_accounts.wanted']?.id ?? null, found);
    assert.equal(proposed.changes.length, found === null ? 0 : 1);
  });

const inPlace: readonly Row[] = [
  ['finds an internal object', { code: '800' }, 'i1', null],
  ['finds an external object', { name: 'Bank fees' }, 'e1', null],
  ['counts internal and external objects together', { code: '404' }, null, 'LOOKUP_SEVERAL'],
  ['does not prefer an active one', { code: '500' }, null, 'LOOKUP_SEVERAL'],
  ['warns of an archived one', { code: '700' }, 'e6', 'LOOKUP_ARCHIVED'],
  ['finds nothing where nothing is', { id: 'nothing' }, null, 'LOOKUP_NONE'],
];
for (const [title, identity, found, problem] of inPlace)
  test(`a look-up in place ${title}`, () => {
    const file = desired({ settings: { 'ledger_accounts.products': identity } });
    const proposed = propose(file, state, kinds);
    assert.equal(
      codes(found === null ? proposed.problems : proposed.warnings),
      problem === null ? [] : [problem],
    );
    const after = proposed.changes[0]?.after?.ledger_account ?? null;
    assert.is(after, found && `ledger_accounts[${found}]`);
    assert.is(after && proposed.references[after]?.id, found);
  });

test('a tax code is looked up without its case', () => {
  const file = desired({ external: { tax_rates: { standard: { code: 'output2' } } } });
  assert.equal(propose(file, state, kinds).problems, []);
});

test('a look-up that finds nothing names near codes', () => {
  const file = desired({ external: { ledger_accounts: { wanted: { code: '405' } } } });
  assert.match(propose(file, state, kinds).problems[0]?.hint ?? '', /"404"/);
});

test('of many look-ups that find nothing only the first ones name near codes, so that time stays bounded', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, { code: `40${at}` }]));
  const { problems } = propose(desired({ external: { ledger_accounts: many } }), state, kinds);
  const near = problems.filter(({ hint }) => hint?.startsWith('Near') || hint?.startsWith('There are'));
  assert.equal([problems.length, near.length], [29, 20]);
});

test('an object of several ids names them all', () => {
  const file = desired({ external: { ledger_accounts: { wanted: { code: '600' } } } });
  assert.match(propose(file, state, kinds).problems[0]?.message ?? '', /e4.*e5/);
});

test('a look-up in place of what this plan creates points to the key', () => {
  const file = desired({
    ledger_accounts: { fresh: { nominal_code: '901' } },
    settings: { 'ledger_accounts.products': { code: '901' } },
  });
  const { problems } = propose(file, state, kinds);
  assert.equal(codes(problems), ['LOOKUP_NONE']);
  assert.match(problems[0]?.hint ?? '', /fresh/);
});

test('a look-up in place of a code that this plan changes would not survive the apply and is refused', () => {
  const file = desired({
    ledger_accounts: { ours: { nominal_code: '801', was: { code: '800' } } },
    settings: { 'ledger_accounts.products': { code: '800' } },
  });
  const { problems } = propose(file, state, kinds);
  assert.equal(codes(problems), ['LOOKUP_NONE']);
});

test('a look-up in place of a code that this plan gives to another is refused', () => {
  const file = desired({
    ledger_accounts: { ours: { nominal_code: '600', was: { code: '800' } }, fees: { nominal_code: '700' } },
    settings: { 'ledger_accounts.products': { code: '700' } },
  });
  assert.equal(codes(propose(file, state, kinds).problems), ['LOOKUP_SEVERAL']);
});

test('two ways to mean one object are no difference', () => {
  const pointing = { ...state, settings: { 'settings.ledger_accounts.products': 'e1' } };
  const file = desired({
    external: { ledger_accounts: { a: { code: '404' }, b: { name: 'Bank fees' } } },
    settings: { 'ledger_accounts.products': 'external:b' },
  });
  const proposed = propose(file, pointing, kinds);
  assert.equal(proposed.changes, []);
  assert.equal(proposed.unchanged, ['settings.ledger_accounts.products']);
});

test.run();
