import { activeConnection } from './accounting/connection.ts';
import { externalRates, rateOfValue } from './accounting/tax-match.ts';
import type { Json, Stored } from './json.ts';
import type { Organization } from './state.ts';
import type { Switches } from './switches.ts';

/** Statuses in which lines may be written. */
export const isEditable = ({ status }: Stored): boolean => status === 'draft' || status === 'new';

/** A draft becomes `new` by itself once nothing is missing; every other status stays. */
export function statusAfter(
  payable: Stored,
  lines: readonly Stored[],
  organization: Organization,
  switches: Switches,
): Json {
  const complete =
    payable.status === 'draft' &&
    required.every((member) => (payable[member] ?? null) !== null) &&
    lines.length > 0 &&
    adds(payable, lines) &&
    isCoded(lines, organization, switches);
  return complete ? 'new' : (payable.status ?? null);
}

const required = ['total_amount', 'currency', 'document_id', 'due_date', 'issued_at', 'subtotal'];

function adds(payable: Stored, lines: readonly Stored[]): boolean {
  const sum = (member: string) => lines.reduce((total, line) => total + Number(line[member] ?? 0), 0);
  const fits = lines.every(
    (line) => Number(line.total ?? 0) === Number(line.subtotal ?? 0) + Number(line.tax_amount ?? 0),
  );
  return fits && sum('subtotal') === payable.subtotal;
}

/** With a connected accounting system every line needs its account, and its tax must exist over there. */
function isCoded(lines: readonly Stored[], organization: Organization, switches: Switches): boolean {
  if (activeConnection(organization) === null) return true;
  const rates = externalRates(organization);
  const known = (tax: Json) => rateOfValue(rates, tax, switches.tax_match) !== null;
  return lines.every(
    (line) =>
      (line.ledger_account_id ?? null) !== null &&
      ((line.accounting_tax_rate_id ?? null) !== null ||
        (line.tax ?? null) === null ||
        known(line.tax ?? null)),
  );
}
