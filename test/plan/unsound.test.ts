import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { propose } from '../../src/plan/propose.ts';
import { seal } from '../../src/plan/seal.ts';
import { unsoundness } from '../../src/plan/unsound.ts';
import { desired, kinds, live } from './build.ts';
import { by, sealed } from './sealed.ts';

const test = suite('plans that nobody can have made');

test('a plan as it is made is sound', () => {
  assert.is(unsoundness(sealed, kinds), null);
});

test('names that read like each other’s addresses are names', () => {
  const file = desired({
    ledger_accounts: {
      a: { nominal_code: '1', name: 'ledger_accounts.b' },
      b: { nominal_code: '2', name: 'ledger_accounts.a' },
    },
  });
  const plan = seal(propose(file, live({ ledger_accounts: [], tax_rates: [] }), kinds), by);
  assert.is(plan.changes.length, 2);
  assert.is(unsoundness(plan, kinds), null);
});

test('changes that wait for each other are told', () => {
  const [first, second, ...others] = sealed.changes;
  assert.ok(first && second);
  const circle = [
    { ...first, depends_on: [second?.address ?? ''] },
    { ...second, depends_on: [first?.address ?? ''] },
  ];
  assert.match(
    unsoundness({ ...sealed, changes: [...circle, ...others] } as typeof sealed, kinds) ?? '',
    /waits for itself/,
  );
});

test.run();
