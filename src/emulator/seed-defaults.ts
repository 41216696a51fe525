import type { Json, JsonObject } from './json.ts';

/** What an object of a seed has where the seed says nothing, besides its id and time stamps. */
export const seedDefaults = {
  tax_rates: (given: JsonObject): JsonObject => ({
    name: null,
    code: null,
    description: null,
    effective_tax_rate: given.total_tax_rate ?? 0,
    total_tax_rate: given.is_external === true ? (given.effective_tax_rate ?? 0) : null,
    components: null,
    status: given.is_external === true ? 'Active' : null,
    is_external: false,
  }),
  ledger_accounts: (): JsonObject => ({
    name: null,
    nominal_code: null,
    description: null,
    type: 'Unknown',
    subtype: null,
    status: 'Active',
    currency: null,
    current_balance: null,
    is_bank_account: false,
    is_external: false,
  }),
  products: (_: JsonObject, organization: string): JsonObject => ({
    entity_id: organization,
    entity_user_id: null,
    name: 'Unnamed product',
    type: 'product',
    description: null,
    external_reference: null,
    ledger_account_id: null,
    measure_unit_id: null,
    price: null,
    smallest_amount: null,
  }),
  payables: (_: JsonObject, organization: string): JsonObject => ({
    entity_id: organization,
    status: 'draft',
    currency: 'EUR',
    document_id: null,
    due_date: null,
    issued_at: null,
    description: null,
    counterpart_id: null,
    counterpart: null,
    counterpart_raw_data: null,
    payable_origin: 'upload',
    source_of_payable_data: 'user_specified',
    credit_notes: [],
    tags: [],
    project_id: null,
    purchase_order_id: null,
    was_created_by_user_id: null,
    ocr_status: null,
    file_id: null,
    tax: null,
  }),
  receivables: (_: JsonObject, organization: string): JsonObject => ({
    entity_id: organization,
    type: 'invoice',
    status: 'draft',
    currency: 'EUR',
    document_id: null,
    issue_date: null,
    due_date: null,
    line_items: [],
  }),
  connections: (): JsonObject => ({
    connection_url: null,
    status: 'connected',
    platform: 'xero',
    last_pull: '2025-01-01T00:00:00.000Z',
    errors: null,
    business_info: null,
  }),
} as const;

/** The members of a line of a payable where the seed says nothing. */
export const lineDefaults: JsonObject = {
  name: null,
  description: null,
  quantity: 1,
  unit: null,
  unit_price: 0,
  subtotal: null,
  tax: 0,
  tax_amount: null,
  total: null,
  ledger_account_id: null,
  accounting_tax_rate_id: null,
  ocr_set_quantity_to_one: false,
  was_created_by_user_id: null,
};

/** What names an object well enough to make its id from. */
export const seedName = (given: JsonObject): Json =>
  given.nominal_code ??
  given.code ??
  given.external_reference ??
  given.document_id ??
  given.name ??
  'unnamed';
