import { choice } from './switch.ts';

/** Switches of tax rates and ledger accounts. */
export const accountsSwitches = {
  effective_tax_rate: choice('Whether effective_tax_rate can be set.', 'stored', 'ignored'),
  codes: choice('Whether codes are stored as sent or in upper case.', 'kept', 'upper'),
  texts: choice('Whether texts are stored as sent or trimmed.', 'kept', 'trimmed'),
  duplicates: choice(
    'A second object with the code (or the name) of another: accepted, or refused with 409.',
    'accepted',
    'codes_refused',
    'names_refused',
  ),
  new_account_type: choice('`type` of a new account.', 'Unknown', 'Asset', 'Expense', 'Income'),
  new_account_status: choice('`status` of a new account.', 'Active', 'Pending', 'Unknown'),
  new_account_bank: choice('`is_bank_account` of a new account.', 'false', 'true'),
  new_tax_rate_status: choice('`status` of a new tax rate.', 'none', 'Active'),
  external_edit: choice('Status for changing or deleting an external object.', '409', '403', '400'),
  delete_in_use: choice(
    'Deleting an account or a rate that something refers to: the ids dangle, 409, or the references are cleared.',
    'dangling',
    '409',
    'cleared',
  ),
} as const;

/** Switches of settings, products, payables and lines. */
export const documentsSwitches = {
  settings_merge: choice(
    'What a PATCH of settings keeps: every id that is not sent, only groups that are not sent, or only what is outside `accounting`.',
    'deep',
    'replace_group',
    'replace_accounting',
  ),
  settings_ids: choice('Whether ids in settings must exist.', 'unchecked', 'checked'),
  settings_alias: choice('Whether PATCH /organizations/{id}/settings exists.', 'absent', 'served'),
  product_account: choice("Whether a product's ledger_account_id must exist.", 'unchecked', 'checked'),
  product_references: choice(
    'Two products with one external_reference: accepted, or 409.',
    'accepted',
    '409',
  ),
  delete_used_product: choice(
    'Deleting a product that a receivable shows: allowed, or 409.',
    'allowed',
    '409',
  ),
  product_description: choice('Longest description that a PATCH of a product may send.', '255', '2000'),
  line_references: choice('Whether account and rate of a line must exist.', 'unchecked', 'checked'),
  locked_lines: choice('Writing a line of a payable that is past draft and new.', '409', '400', 'allowed'),
  locked_assignments: choice(
    'A PATCH of only ledger_account_id or accounting_tax_rate_id of a line of such a payable.',
    'locked',
    'allowed',
  ),
  replaced_line_ids: choice(
    'Ids of lines after a PUT of all lines: new ones, or kept by position.',
    'new',
    'kept',
  ),
  replaced_totals: choice(
    'subtotal and total sent with a PUT of all lines: computed anew, or stored.',
    'computed',
    'stored',
  ),
  rounding: choice('How line amounts are rounded.', 'half_up', 'half_even', 'down'),
  tax_match: choice(
    'Which value of an external rate a line has to match for the move from draft to new.',
    'either',
    'effective',
    'total',
  ),
} as const;
