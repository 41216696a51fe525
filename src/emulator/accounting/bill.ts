import type { Json, Stored } from '../json.ts';
import type { Chart } from './chart.ts';
import { type Conversion, coded, dayOf, decimalOf, type LineConversion, lineWords } from './conversion.ts';

/** A payable as a bill over there. */
export function billOf(payable: Stored, lines: readonly Stored[], chart: Chart): Conversion {
  const { currency } = payable;
  const decimal = (member: string): number | null => decimalOf(payable[member], currency);
  const converted = lines.map((each, at) => lineOf(each, at, currency, chart));
  return {
    reasons: converted.flatMap(({ reasons }) => reasons),
    document: {
      status: statuses[String(payable.status)] ?? 'unknown',
      total_amount: decimal('total_amount') ?? 0,
      amount_due: decimal('amount_due'),
      subtotal: decimal('subtotal'),
      tax_amount: decimal('tax_amount'),
      currency: currency ?? null,
      due_date: payable.due_date ?? null,
      posted_date: dayOf(payable.issued_at),
      invoice_number: payable.document_id ?? null,
      memo: payable.description ?? null,
      lines: converted.map(({ line }) => line),
    },
  };
}

const statuses: Readonly<Record<string, string>> = {
  draft: 'draft',
  new: 'open',
  approve_in_progress: 'open',
  waiting_to_be_paid: 'open',
  partially_paid: 'partially_paid',
  paid: 'paid',
  canceled: 'void',
  rejected: 'void',
};

function lineOf(line: Stored, at: number, currency: Json | undefined, chart: Chart): LineConversion {
  const field = `line_items[${at}]`;
  const { ledger_account_id: account, accounting_tax_rate_id: rate, tax } = line;
  const { reasons, line: codes } = coded({ account, rate, tax }, chart, {
    accountField: `${field}.ledger_account_id`,
    rateField: `${field}.tax`,
    words: lineWords(at, line.name),
  });
  return {
    reasons,
    line: {
      description: line.name ?? line.description ?? null,
      quantity: line.quantity ?? null,
      unit_amount: decimalOf(line.unit_price, currency),
      discount_amount: null,
      discount_percentage: null,
      ...codes,
    },
  };
}
