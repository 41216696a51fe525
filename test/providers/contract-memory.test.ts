import { memoryProvider } from '../../src/providers/memory/memory.ts';
import {
  addObject,
  emptyOrganization,
  type MemoryOrganization,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { contractOf, stored } from './contract.ts';

contractOf('in memory', async () => {
  const provider = memoryProvider({ organization: organizationOfContract() });
  return { provider, close: () => provider.close() };
});

function organizationOfContract(): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  const { internal, external, rate, product, payables, line, lockedLine, invoice, connection } = stored;
  addObject(organization, 'ledger_accounts', internal.fields, { id: internal.id });
  addObject(organization, 'ledger_accounts', external.fields, { id: external.id, external: true });
  addObject(organization, 'tax_rates', rate.fields, { id: rate.id });
  organization.products = [{ ...product, type: 'service', currency: 'EUR', ledger_account_id: internal.id }];
  organization.payables = payables;
  const points = { ledger_account_id: internal.id, accounting_tax_rate_id: rate.id };
  const unassigned = { ledger_account_id: null, accounting_tax_rate_id: null };
  organization.lines = new Map([
    [payables[0].id, [{ ...line, payable_id: payables[0].id, description: null, ...points }]],
    [payables[1].id, [{ ...lockedLine, payable_id: payables[1].id, description: null, ...unassigned }]],
  ]);
  const lines = [{ product_name: 'Consulting hour', product_id: product.id, ...points }];
  organization.invoices = [{ ...invoice, lines }];
  organization.connections = [
    {
      ...connection,
      last_pull: null,
      created_at: null,
      connection_url: null,
      business_name: null,
      errors: [],
    },
  ];
  return organization;
}
