import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../src/emulator/emulator.ts';
import type { ProductConditions } from '../src/model/assignment.ts';
import type { LiveProduct } from '../src/model/live.ts';
import { organization, startWith } from './sample.ts';

/** Lines of each payable. */
export const linesEach = 5;
/** The most that the API puts on one page of products, payables or lines. */
const pageSize = 100;

/** So many products and payables, and rules for each; every one of them is matched by some rule and has no account yet. */
export interface AssignmentSample {
  readonly productRules: number;
  readonly products: number;
  readonly lineRules: number;
  readonly payables: number;
}

/** Conditions as people write them: most ask how a reference begins, one in twenty looks inside the name. */
export const productConditions = (index: number): ProductConditions =>
  index % 20 === 19
    ? { name: [`*special ${index} *`] }
    : { type: ['product'], external_reference: [`SKU-${index}-*`] };

/** A product that the rules with these numbers fall on in turn. */
export const productOf = (index: number, rules: number): LiveProduct => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  name: `Item ${index}, special ${index % rules} edition`,
  type: 'product',
  external_reference: `SKU-${index % rules}-${index}`,
  currency: 'EUR',
  ledger_account_id: null,
});

/** Writes ledgerform.yaml with the rules; JSON is YAML too. */
export function writeRules(
  folder: string,
  { lineRules, payables, productRules, products }: AssignmentSample,
): void {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  const productItems = numbers(productRules).map((index) => ({
    rule: `products ${index}`,
    when: productConditions(index),
    ledger_account: 'account_0',
  }));
  const lineItems = numbers(lineRules).map((index) => ({
    rule: `lines ${index}`,
    when: { payable: { counterpart_name: `Vendor ${index} *` } },
    ledger_account: 'account_0',
  }));
  const document = {
    version: 1,
    organization: { id: organization, name: 'Bench Ltd' },
    environment: 'sandbox',
    ledger_accounts: { account_0: { nominal_code: '000000' } },
    assignments: {
      ...(products > 0 && { products: productItems }),
      ...(payables > 0 && { line_items: lineItems }),
    },
  };
  writeFileSync(join(folder, 'ledgerform.yaml'), JSON.stringify(document, null, 2));
}

/** The API with the products and payables in it, and one account. */
export async function startWithDocuments({
  lineRules,
  payables,
  productRules,
  products,
}: AssignmentSample): Promise<Emulator> {
  const emulator = await startWith({ accounts: 1, rates: 0 }, { rateLimit: null, latencyMs: 0 });
  const books = emulator.organization(organization);
  for (let index = 0; index < products; index += 1) {
    const { currency, id: _, ...members } = productOf(index, productRules);
    books.put('products', { ...members, price: { currency, value: 1000 } });
  }
  for (let index = 0; index < payables; index += 1) {
    const { id } = books.put('payables', {
      status: 'draft',
      currency: 'EUR',
      document_id: `INV-${index}`,
      counterpart_raw_data: { name: `Vendor ${index % lineRules} Ltd` },
    });
    for (let line = 0; line < linesEach; line += 1)
      books.putLine(id, {
        name: `Line ${line}`,
        description: `What was bought on line ${line}`,
        quantity: 1,
        unit_price: 1000,
        tax: 0,
        ledger_account_id: null,
        accounting_tax_rate_id: null,
      });
  }
  return emulator;
}

/** The fewest requests: a token, the connections, every page of accounts, products and payables, and for each payable its lines. */
export const fewestReads = ({ payables, products }: AssignmentSample): number =>
  1 + 1 + 1 + Math.ceil(products / pageSize) + Math.ceil(payables / pageSize) + payables;
