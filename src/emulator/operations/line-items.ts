import { type Call, type Handler, param, type World } from '../call.ts';
import { createCollection } from '../collection.ts';
import { filterTest } from '../filters.ts';
import type { Json, JsonObject, Stored } from '../json.ts';
import { pageOf } from '../page.ts';
import { isEditable } from '../payable-status.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Switches } from '../switches.ts';
import { payables } from './documents.ts';
import { amountsOf, checkReferences, commitLines, linesOf, newLine, withoutTimes } from './line-store.ts';
import { deleted, find, merged, patched, shown } from './resource.ts';

/** The operations of a payable's lines. */
export const lineOperations: Readonly<Record<string, Handler>> = {
  listPayableLineItems: list,
  getPayableLineItem: (call, world) => ({ status: 200, body: visible(lineOf(call, world), world.switches) }),
  createPayableLineItem: (call, world) => {
    const payable = editable(call, world);
    const line = newLine(payable, call.body, call, world);
    commitLines(payable, [...linesOf(payable, call, world), line], [], call, world);
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
    commitLines(payable, lines, [], call, world);
    return patched(withoutTimes(after), world.switches);
  },
  deletePayableLineItem: (call, world) => {
    const payable = editable(call, world);
    const before = lineOf(call, world);
    const rest = linesOf(payable, call, world).filter(({ value }) => value.id !== before.id);
    commitLines(payable, rest, [before.id], call, world);
    return deleted(withoutTimes(before), world.switches);
  },
  replacePayableLineItems: replaceAll,
};

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
  commitLines(
    payable,
    lines,
    before.map(({ value }) => value.id).filter((id) => !kept.has(id)),
    call,
    world,
  );
  return { status: 200, body: { data: lines.map(({ value }) => visible(value, world.switches)) } };
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

function lineOf(call: Call, world: World): Stored {
  const payable = find(payables, call, world);
  const found = world.store
    .organization(call.organization)
    .lines.get(payable.id)
    ?.get(param(call, 'line_item_id'));
  if (!found) throw notFound('line item');
  return found.value;
}

const visible = (line: Stored, switches: Switches): Json => shown(withoutTimes(line), switches);
