import { type Call, type Handler, param, type World } from '../call.ts';
import { createCollection } from '../collection.ts';
import { filterTest } from '../filters.ts';
import type { Json, JsonObject, Stored } from '../json.ts';
import { lineAmounts } from '../line-amounts.ts';
import { pageOf } from '../page.ts';
import { isEditable, statusAfter } from '../payable-status.ts';
import { invalid, notFound, Refusal } from '../refusal.ts';
import type { Organization, Write } from '../state.ts';
import type { Switches } from '../switches.ts';
import { payables } from './documents.ts';
import { deleted, find, merged, patched, shown } from './resource.ts';

/** The operations of a payable's lines. */
export const lineOperations: Readonly<Record<string, Handler>> = {
  listPayableLineItems: list,
  getPayableLineItem: (call, world) => ({ status: 200, body: visible(lineOf(call, world), world.switches) }),
  createPayableLineItem: (call, world) => {
    const payable = editable(call, world);
    const line = newLine(payable, call.body, call, world);
    commit(payable, [...linesOf(payable, call, world), line], [], call, world);
    return { status: 201, body: visible(line.value, world.switches) };
  },
  updatePayableLineItem: (call, world) => {
    const payable = editable(call, world);
    const before = lineOf(call, world);
    checkReferences(call.body, ['body'], call, world);
    const changed = merged(before, call.body, world);
    const after = { ...changed, ...amountsOf(changed, world) };
    const lines = linesOf(payable, call, world).map((each) =>
      each.value.id === after.id ? { ...each, value: after } : each,
    );
    commit(payable, lines, [], call, world);
    return patched(withoutTimes(after), world.switches);
  },
  deletePayableLineItem: (call, world) => {
    const payable = editable(call, world);
    const before = lineOf(call, world);
    const rest = linesOf(payable, call, world).filter(({ value }) => value.id !== before.id);
    commit(payable, rest, [before.id], call, world);
    return deleted(withoutTimes(before), world.switches);
  },
  replacePayableLineItems: replaceAll,
};

interface Line {
  readonly seq: number;
  readonly value: Stored;
}

function list(call: Call, world: World) {
  const payable = find(payables, call, world);
  const { switches, store } = world;
  const body = pageOf(
    {
      list: `${call.organization}${call.path}`,
      collection: store.listed(call.organization).lines.get(payable.id) ?? createCollection(),
      query: call.query,
      limit: 100,
      resend: false,
      sort: 'created_at',
      matches: (filters) => filterTest(filters),
      show: (value) => visible(value, switches),
    },
    switches,
  );
  return { status: 200, body };
}

function replaceAll(call: Call, world: World) {
  const payable = editable(call, world);
  const before = linesOf(payable, call, world);
  const sent: readonly Json[] = Array.isArray(call.body.data) ? call.body.data : [];
  const lines = sent.map((each, at) => {
    // The check of the body has seen that these are objects.
    const made = newLine(payable, each as JsonObject, call, world, ['body', 'data', at]);
    const old = world.switches.replaced_line_ids === 'kept' ? before[at] : undefined;
    return old
      ? { seq: old.seq, value: { ...made.value, id: old.value.id, created_at: old.value.created_at } }
      : made;
  });
  const kept = new Set(lines.map(({ value }) => value.id));
  commit(
    payable,
    lines,
    before.map(({ value }) => value.id).filter((id) => !kept.has(id)),
    call,
    world,
  );
  return { status: 200, body: { data: lines.map(({ value }) => visible(value, world.switches)) } };
}

function newLine(
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

function amountsOf(line: Stored, { switches }: World): JsonObject {
  const amounts = lineAmounts(line, switches.rounding);
  if (switches.replaced_totals === 'computed') return amounts;
  return {
    ...amounts,
    subtotal: line.subtotal ?? amounts.subtotal ?? null,
    total: line.total ?? amounts.total ?? null,
  };
}

/** The payable, while its lines may be written. */
function editable(call: Call, world: World): Stored {
  const payable = find(payables, call, world);
  const { locked_lines, locked_assignments } = world.switches;
  if (isEditable(payable) || locked_lines === 'allowed') return payable;
  const members = Object.keys(call.body);
  const assigns =
    members.length > 0 &&
    members.every((name) => name === 'ledger_account_id' || name === 'accounting_tax_rate_id');
  if (call.operation.method === 'PATCH' && assigns && locked_assignments === 'allowed') return payable;
  throw new Refusal(
    Number(locked_lines),
    'payable_state',
    "Payable couldn't be updated due to current state",
  );
}

const linesOf = ({ id }: Stored, call: Call, { store }: World): readonly Line[] =>
  store.organization(call.organization).lines.get(id)?.sorted('created_at') ?? [];

function lineOf(call: Call, world: World): Stored {
  const payable = find(payables, call, world);
  const found = world.store
    .organization(call.organization)
    .lines.get(payable.id)
    ?.get(param(call, 'line_item_id'));
  if (!found) throw notFound('line item');
  return found.value;
}

/** Lines and, when they complete a draft, the payable's new status, in one transaction. */
function commit(
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
  { now, switches }: World,
): readonly Write[] {
  const status = statusAfter(payable, lines, organization, switches);
  if (status === payable.status) return [];
  const seq = organization.collections.payables.get(payable.id)?.seq ?? 0;
  const value = { ...payable, status, updated_at: now().toISOString() };
  return [{ organization: organization.id, collection: 'payables', id: payable.id, seq, value }];
}

function checkReferences(
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
function withoutTimes(line: Stored): Stored {
  const { created_at: _, updated_at: __, ...rest } = line;
  // What is shown is never stored.
  return rest as Stored;
}

const visible = (line: Stored, switches: Switches): Json => shown(withoutTimes(line), switches);
