import { isObject, type Json, type JsonObject, type Stored } from '../json.ts';
import type { Chart } from './chart.ts';
import { type Conversion, coded, dayOf, decimalOf, type LineConversion, lineWords } from './conversion.ts';

/** The account that a product is booked to: its own, or the setting for products without one. */
export type ProductAccount = (product: JsonObject) => string | null;

/** A receivable as an invoice over there. */
export function invoiceOf(receivable: Stored, chart: Chart, accountOf: ProductAccount): Conversion {
  const { currency, line_items } = receivable;
  const lines = (Array.isArray(line_items) ? line_items : []).filter(isObject);
  const converted = [
    ...lines.map((each, at) => lineOf(each, at, currency, { chart, accountOf })),
    ...deductionsOf(receivable, chart),
  ];
  return {
    reasons: converted.flatMap(({ reasons }) => reasons),
    document: {
      currency: currency ?? null,
      due_date: receivable.due_date ?? null,
      posted_date: dayOf(receivable.issue_date),
      invoice_number: receivable.document_id ?? null,
      memo: receivable.memo ?? null,
      lines: converted.map(({ line }) => line),
    },
  };
}

interface Surroundings {
  readonly chart: Chart;
  readonly accountOf: ProductAccount;
}

function lineOf(
  line: JsonObject,
  at: number,
  currency: Json | undefined,
  { chart, accountOf }: Surroundings,
): LineConversion {
  const product = isObject(line.product) ? line.product : {};
  const { accounting_tax_rate_id: rate = null, price = null, tax_rate = null } = product;
  const field = `line_items[${at}].product`;
  const tax = isObject(tax_rate) ? tax_rate.value : null;
  const { reasons, line: codes } = coded({ account: accountOf(product), rate, tax }, chart, {
    accountField: `${field}.ledger_account_id`,
    rateField: `${field}.tax_rate`,
    words: lineWords(at, product.name),
  });
  const unit = isObject(price) ? price.value : undefined;
  return {
    reasons,
    line: {
      description: product.name ?? null,
      quantity: line.quantity ?? null,
      unit_amount: decimalOf(unit, currency),
      discount_amount: null,
      discount_percentage: discountOf(line, unit),
      ...codes,
    },
  };
}

/** A discount in percent; a fixed amount is turned into the percentage that it is of the line. */
function discountOf({ discount = null, quantity }: JsonObject, unit: Json | undefined): number | null {
  if (!isObject(discount) || typeof discount.amount !== 'number') return null;
  if (discount.type === 'percentage') return discount.amount / 100;
  const whole = Number(unit) * Number(quantity);
  return whole > 0 ? Number(((100 * discount.amount) / whole).toFixed(4)) : null;
}

/** A deduction is a negative line at the 0 % rate that the settings name. */
function deductionsOf(
  { currency, deduction_amount: amount, deduction_memo }: Stored,
  chart: Chart,
): readonly LineConversion[] {
  if (typeof amount !== 'number' || amount === 0) return [];
  const id = chart.setting('tax_ids', 'deductions');
  const field = 'settings.accounting.tax_ids.deductions';
  const rate = id === null ? null : chart.rate(id, null, { field, words: 'the deduction' });
  const message = 'the invoice has a deduction, and the settings have no tax rate for deductions';
  const missing = id === null ? [{ code: 'deductions_rate_missing', field, message } as const] : [];
  return [
    {
      reasons: [...missing, ...(rate !== null && 'reason' in rate ? [rate.reason] : [])],
      line: {
        description: deduction_memo ?? 'Deduction',
        quantity: 1,
        unit_amount: decimalOf(-Math.abs(amount), currency),
        discount_amount: null,
        discount_percentage: null,
        ledger_account_id: null,
        tax_rate_ref: rate !== null && 'id' in rate ? { id: rate.id } : null,
      },
    },
  ];
}
