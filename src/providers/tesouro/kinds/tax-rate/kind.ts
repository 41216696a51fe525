import type { CollectionKind } from '../../../../model/kind.ts';

/** An internal tax rate. The service counts percent in 1/100. */
export const kind: CollectionKind = {
  name: 'tax_rate',
  collection: 'tax_rates',
  noun: { one: 'tax rate', many: 'tax rates' },
  identity: 'code',
  fields: {
    name: {
      type: 'text',
      maxLength: 500,
      description: 'What the tax rate is called. It identifies the rate when there is no code.',
      example: 'Reduced tax',
    },
    code: {
      type: 'text',
      maxLength: 500,
      foldCase: true,
      description:
        'The tax code, always a string. It identifies the rate; upper and lower case are no difference.',
      example: 'RED_TAX',
    },
    effective_tax_rate: {
      type: 'percent',
      description:
        'The rate in percent with at most two decimals and the sign, `7.5%`. A bare number is an error, because the API counts in 1/100 %.',
      example: '7.5%',
    },
    description: {
      type: 'text',
      maxLength: 2048,
      clearable: true,
      description: 'What the rate is for. `null` clears it.',
      example: 'Reduced tax rate for specific goods',
    },
  },
  usedIn: { product: null, line: 'accounting_tax_rate_id' },
  rate: { field: 'effective_tax_rate', total: 'total_tax_rate' },
  otherExamples: { former: 'OLD_TAX', external: { key: 'standard', code: 'OUTPUT2' } },
  description: {
    section:
      'Internal tax rates: Ledgerform creates, updates and deletes them. Each key is the name used inside this file and is never sent. `{}` says that there shall be none (see policy.prune).',
    entry: 'An internal tax rate. Fields that are left out are not managed.',
  },
};
