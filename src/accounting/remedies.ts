/** Why something does not reach the accounting system, as far as there is something to do about it. */
export type Cause =
  | 'connection'
  | 'passing'
  | 'period'
  | 'duplicate'
  | 'partner'
  | 'rate'
  | 'deductions'
  | 'archived'
  | 'absent'
  | 'payments'
  | 'products'
  | 'lines'
  | 'unexplained';

/** Something to do: a command to run, or lines to write into the configuration. */
export interface RemedyStep {
  readonly type: 'run' | 'write';
  readonly text: string;
}

/** What usually helps: the sentence, and the steps in their order. */
export interface Remedy {
  readonly cause: Cause;
  readonly text: string;
  readonly steps: readonly RemedyStep[];
}

const run = (text: string): RemedyStep => ({ type: 'run', text });
const write = (text: string): RemedyStep => ({ type: 'write', text });

/** What mends each cause. `KEY` stands for a key of the configuration. */
export const remedies: Readonly<Record<Cause, Remedy>> = {
  connection: {
    cause: 'connection',
    text: 'The accounting system could not be reached: see what its connection says now. Once one is active, push again.',
    steps: [run('ledgerform connection status'), run('ledgerform records retry --failed --wait')],
  },
  passing: {
    cause: 'passing',
    text: 'The accounting system was busy or away for a moment: push again later.',
    steps: [],
  },
  period: {
    cause: 'period',
    text: 'The date is in a period that is closed in the accounting system: open it there, or correct the date of the document.',
    steps: [],
  },
  duplicate: {
    cause: 'duplicate',
    text: 'The accounting system has it already, or something else with its number: look at what is there before you push again.',
    steps: [run('ledgerform documents diff')],
  },
  partner: {
    cause: 'partner',
    text: 'The accounting system does not have its customer or vendor: push that first.',
    steps: [run('ledgerform records retry --failed --type customer --type vendor --wait')],
  },
  rate: {
    cause: 'rate',
    text: 'The accounting system has no tax rate of this percentage: create it there and pull it, or name one that is there on the line.',
    steps: [
      run('ledgerform connection sync --wait'),
      run('ledgerform list tax_rates --external'),
      write('assignments: { line_items: [{ rule: NAME, when: { ... }, tax_rate: KEY }] }'),
      run('ledgerform apply'),
    ],
  },
  deductions: {
    cause: 'deductions',
    text: 'Deductions and incentives need the tax rate for deductions in the settings.',
    steps: [write('settings: { tax_rates: { deductions: KEY } }'), run('ledgerform apply')],
  },
  archived: {
    cause: 'archived',
    text: 'An archived account takes nothing any more: choose another one wherever it is assigned, or take it out of the archive in the accounting system and pull it.',
    steps: [run('ledgerform readiness'), run('ledgerform apply'), run('ledgerform connection sync --wait')],
  },
  absent: {
    cause: 'absent',
    text: 'The accounting system does not have this account: assign one that is there, or create it there with the same code and pull it.',
    steps: [
      run('ledgerform list ledger_accounts --external'),
      run('ledgerform apply'),
      run('ledgerform connection sync --wait'),
    ],
  },
  payments: {
    cause: 'payments',
    text: 'Payment records need the account for payments in the settings, one that the accounting system has.',
    steps: [write('settings: { ledger_accounts: { payments: KEY } }'), run('ledgerform apply')],
  },
  products: {
    cause: 'products',
    text: 'Products and invoices need a ledger account that the accounting system has: each product its own, or the account for products in the settings.',
    steps: [
      run('ledgerform list products --unassigned'),
      write('settings: { ledger_accounts: { products: KEY } }'),
      run('ledgerform apply'),
    ],
  },
  lines: {
    cause: 'lines',
    text: 'Each line of a bill needs a ledger account that the accounting system has.',
    steps: [
      run('ledgerform list line_items --unassigned'),
      write('assignments: { line_items: [{ rule: NAME, when: { ... }, ledger_account: KEY }] }'),
      run('ledgerform apply'),
    ],
  },
  unexplained: {
    cause: 'unexplained',
    text: 'The service does not say why. What keeps things from being pushed may stand in the readiness.',
    steps: [run('ledgerform readiness'), run('ledgerform connection status')],
  },
};
