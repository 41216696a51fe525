import type { Plan } from '../../src/model/plan.ts';
import { warningProblem } from '../../src/model/problem.ts';
import { propose } from '../../src/plan/propose.ts';
import { type Seal, seal } from '../../src/plan/seal.ts';
import { desired, external, internal, kinds, live, origin } from './build.ts';

/** How the sample is sealed. */
export const by: Seal = {
  account: { organization: { id: 'org', name: 'Acme GmbH' }, environment: 'local', apiUrl: 'local' },
  version: '1.0.0',
  configuration: { path: 'ledgerform.yaml', sha256: 'ab'.repeat(32), git_commit: null, dirty: false },
  base: null,
  allowed: { in_use: [], deletes: null, overwrites: null, dirty: false },
  targets: [],
  refusals: [warningProblem('TWINS', 'A warning with a place.', { origin, address: 'ledger_accounts.cash' })],
  at: new Date(0),
  requests: 3,
};

const file = desired({
  ledger_accounts: {
    income: { name: 'Income', nominal_code: '4010' },
    cash: { name: 'Cash', nominal_code: '1090', description: null },
  },
  tax_rates: { reduced: { code: 'RED', effective_tax_rate: '7.5%' } },
  removed: { ledger_accounts: [{ code: '1180' }] },
  external: { ledger_accounts: { fees: { code: '404' } } },
  settings: { 'ledger_accounts.payments': 'income', 'ledger_accounts.products': 'external:fees' },
});

const state = live(
  {
    ledger_accounts: [
      internal('a1', { name: 'Cash box', nominal_code: '1090', description: 'old' }),
      internal('a2', { name: 'Old', nominal_code: '1180', description: null }),
      internal('a3', { name: 'Spare', nominal_code: null, description: null }),
      external('x1', { name: 'Bank fees', nominal_code: '404', description: null }),
    ],
    tax_rates: [
      internal('t1', { name: 'Reduced', code: 'red', effective_tax_rate: '7%', description: null }),
    ],
  },
  { 'settings.ledger_accounts.payments': 'a2', 'settings.ledger_accounts.products': 'gone' },
);

/** A plan with every kind of change that there is. */
export const sealed: Plan = seal(propose(file, state, kinds), by);
