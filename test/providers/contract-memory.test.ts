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
  const { internal, external, rate, product, payables, line, invoice, connection } = stored;
  addObject(organization, 'ledger_accounts', internal.fields, { id: internal.id });
  addObject(organization, 'ledger_accounts', external.fields, { id: external.id, external: true });
  addObject(organization, 'tax_rates', rate.fields, { id: rate.id });
  organization.products = [{ ...product, type: 'service', currency: 'EUR', ledger_account_id: internal.id }];
  const counterpart = {
    counterpart_id: null,
    counterpart_name: 'Hetzner',
    currency: 'EUR',
    created_at: null,
  };
  organization.payables = payables.map((payable) => ({ ...payable, ...counterpart }));
  const points = { ledger_account_id: internal.id, accounting_tax_rate_id: rate.id };
  organization.lines = new Map([
    [payables[0].id, [{ ...line, payable_id: payables[0].id, description: null, ...points }]],
  ]);
  const lines = [{ product_name: 'Consulting hour', product_id: product.id, ...points }];
  organization.invoices = [{ ...invoice, lines }];
  organization.connections = [{ ...connection, last_pull: null }];
  return organization;
}
