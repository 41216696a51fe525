import { activeConnection } from '../accounting/connection.ts';
import { billAndVendor, isDueBill } from '../accounting/eligible.ts';
import { recordsFor } from '../accounting/records.ts';
import type { Call, World } from '../call.ts';
import type { JsonObject, Stored } from '../json.ts';
import { lineAmounts } from '../line-amounts.ts';
import { statusAfter } from '../payable-status.ts';
import { invalid } from '../refusal.ts';
import type { Organization, Write } from '../state.ts';

/** A line item with its place in the order of creation. */
export interface Line {
  readonly seq: number;
  readonly value: Stored;
}

/** The lines of a payable, in order of creation. */
export const linesOf = ({ id }: Stored, call: Call, { store }: World): readonly Line[] =>
  store.organization(call.organization).lines.get(id)?.sorted('created_at') ?? [];

/** A line made from a request, amounts computed; nothing is stored yet. */
export function newLine(
  payable: Stored,
  body: JsonObject,
  call: Call,
  world: World,
  place: readonly (string | number)[] = ['body'],
): Line {
  checkReferences(body, place, call, world);
  const { seq, id } = world.store.fresh(call.organization, `line_items/${payable.id}`);
  const time = world.now().toISOString();
  const value = { ...emptyLine, ...body, id, payable_id: payable.id, created_at: time, updated_at: time };
  return { seq, value: { ...value, ...amountsOf(value, world) } };
}

const emptyLine = {
  name: null,
  description: null,
  quantity: null,
  unit: null,
  unit_price: null,
  subtotal: null,
  tax: null,
  tax_amount: null,
  total: null,
  ledger_account_id: null,
  accounting_tax_rate_id: null,
  ocr_set_quantity_to_one: false,
  was_created_by_user_id: null,
};

/** The computed amounts of a line, or the ones it came with where the switch says so. */
export function amountsOf(line: Stored, { switches }: World): JsonObject {
  const amounts = lineAmounts(line, switches.rounding);
  if (switches.replaced_totals === 'computed') return amounts;
  return {
    ...amounts,
    subtotal: line.subtotal ?? amounts.subtotal ?? null,
    total: line.total ?? amounts.total ?? null,
  };
}

/** Lines and, when they complete a draft, the payable's new status, in one transaction. */
export function commitLines(
  payable: Stored,
  lines: readonly Line[],
  gone: readonly string[],
  call: Call,
  world: World,
): void {
  const organization = world.store.organization(call.organization);
  const place = { organization: organization.id, collection: 'line_items', parent: payable.id } as const;
  const kept = organization.lines.get(payable.id);
  const writes: Write[] = lines
    .filter(({ value }) => kept?.get(value.id)?.value !== value)
    .map(({ seq, value }) => ({ ...place, id: value.id, seq, value }));
  const removals = gone.map((id): Write => ({ ...place, id, seq: 0, value: null }));
  const values = lines.map(({ value }) => value);
  world.store.commit([...writes, ...removals, ...moved(payable, values, organization, world)]);
}

function moved(
  payable: Stored,
  lines: readonly Stored[],
  organization: Organization,
  world: World,
): readonly Write[] {
  const { now, switches } = world;
  const status = statusAfter(payable, lines, organization, switches);
  if (status === payable.status) return [];
  const seq = organization.collections.payables.get(payable.id)?.seq ?? 0;
  const value = { ...payable, status, updated_at: now().toISOString() };
  return [
    { organization: organization.id, collection: 'payables', id: payable.id, seq, value },
    ...pushes(value, organization, world),
  ];
}

/** A bill that has come far enough is pushed at once, unless the first pull is still to come. */
function pushes(payable: Stored, organization: Organization, world: World): readonly Write[] {
  const connection = activeConnection(organization);
  if (typeof connection?.last_pull !== 'string' || !isDueBill(payable, world.switches)) return [];
  return recordsFor(billAndVendor(payable, organization), organization, world.now(), world);
}

/** Throws a Refusal when the switch wants account and rate to exist and they do not. */
export function checkReferences(
  body: JsonObject,
  place: readonly (string | number)[],
  call: Call,
  { store, switches }: World,
): void {
  if (switches.line_references === 'unchecked') return;
  const { ledger_accounts, tax_rates } = store.organization(call.organization).collections;
  for (const [member, collection] of [
    ['ledger_account_id', ledger_accounts],
    ['accounting_tax_rate_id', tax_rates],
  ] as const) {
    const id = body[member];
    if (typeof id === 'string' && !collection.get(id))
      throw invalid([...place, member], 'The object does not exist', 'value_error');
  }
}

/** A line's answer has no time stamps. */
export function withoutTimes(line: Stored): Stored {
  const { created_at: _, updated_at: __, ...rest } = line;
  // What is shown is never stored.
  return rest as Stored;
}
