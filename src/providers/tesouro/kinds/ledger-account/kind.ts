import type { CollectionKind } from '../../../../model/kind.ts';

/** An internal account of the general ledger. Type, status and currency cannot be sent; the service chooses them. */
export const kind: CollectionKind = {
  name: 'ledger_account',
  collection: 'ledger_accounts',
  noun: { one: 'ledger account', many: 'ledger accounts' },
  identity: 'nominal_code',
  fields: {
    name: {
      type: 'text',
      maxLength: 500,
      description: 'What the account is called. It identifies the account when there is no nominal_code.',
      example: 'Consulting income',
    },
    nominal_code: {
      type: 'text',
      maxLength: 500,
      quoted: true,
      description:
        'The account’s code in the chart of accounts, always a quoted string so that leading zeros survive. It identifies the account.',
      example: '4010',
    },
    description: {
      type: 'text',
      maxLength: 2048,
      clearable: true,
      description: 'What belongs on the account. `null` clears it.',
      example: 'Fees for consulting work',
    },
  },
  usedIn: { product: 'ledger_account_id', line: 'ledger_account_id' },
  otherExamples: { former: '1190', external: { key: 'bank_fees', code: '404' } },
  description: {
    section:
      'Internal ledger accounts: Ledgerform creates, updates and deletes them. Each key is the name used inside this file and is never sent. `{}` says that there shall be none (see policy.prune).',
    entry: 'An internal ledger account. Fields that are left out are not managed.',
  },
};
