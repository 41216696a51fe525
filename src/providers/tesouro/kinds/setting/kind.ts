import type { SettingSlot } from '../../../../model/kind.ts';

/** The settings of an organization that point to an account or a rate. */
export const slots: readonly SettingSlot[] = [
  {
    address: 'settings.ledger_accounts.payments',
    collection: 'ledger_accounts',
    field: 'ledger_account',
    wire: ['ledger_account_ids', 'payments'],
    description:
      'The ledger account of all payment records. Records that were already pushed keep theirs. `null` clears it.',
    example: 'cash_clearing',
  },
  {
    address: 'settings.ledger_accounts.products',
    collection: 'ledger_accounts',
    field: 'ledger_account',
    wire: ['ledger_account_ids', 'products'],
    description: 'The ledger account of products that have none of their own. `null` clears it.',
    example: 'consulting_income',
  },
  {
    address: 'settings.tax_rates.deductions',
    collection: 'tax_rates',
    field: 'tax_rate',
    wire: ['tax_ids', 'deductions'],
    needs: { field: 'effective_tax_rate', value: '0%' },
    description: 'The tax rate of 0 % that deduction lines get. `null` clears it.',
    example: 'zero_rate',
  },
];
