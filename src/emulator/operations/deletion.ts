import type { World } from '../call.ts';
import { isObject, type Json, type JsonObject, type Stored } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { Organization, Write } from '../state.ts';
import { writeOf } from './resource.ts';

/** The writes that delete an account or a rate, and what the switch says becomes of references to it. */
export function deletionOf(
  organization: Organization,
  collection: 'ledger_accounts' | 'tax_rates',
  { id }: Stored,
  { switches }: World,
): readonly Write[] {
  const taken = writeOf(organization, collection, id, 0, null);
  if (switches.delete_in_use === 'dangling') return [taken];
  const users = usersOf(organization, id);
  if (switches.delete_in_use === '409' && users.length > 0) {
    throw new Refusal(409, 'in_use', `something still refers to this object (${users.length} in all)`);
  }
  return [...users, taken];
}

/** For each product, invoice, line and setting that refers to the id, the write that clears the reference. */
function usersOf(organization: Organization, id: string): readonly Write[] {
  const writes: Write[] = [];
  for (const collection of ['products', 'receivables'] as const) {
    for (const { seq, value } of organization.collections[collection].entries()) {
      if (refersTo(value, id))
        writes.push(writeOf(organization, collection, value.id, seq, without(value, id)));
    }
  }
  for (const [parent, lines] of organization.lines) {
    for (const { seq, value } of lines.entries()) {
      if (!refersTo(value, id)) continue;
      writes.push({
        organization: organization.id,
        collection: 'line_items',
        parent,
        id: value.id,
        seq,
        value: without(value, id),
      });
    }
  }
  if (refersTo(organization.settings, id)) {
    const value = without(organization.settings, id);
    writes.push({
      organization: organization.id,
      collection: 'settings',
      id: organization.id,
      seq: 0,
      value,
    });
  }
  return writes;
}

function refersTo(value: Json, id: string): boolean {
  if (Array.isArray(value)) return value.some((each) => refersTo(each, id));
  return isObject(value)
    ? Object.entries(value).some(([name, each]) => (name !== 'id' && each === id) || refersTo(each, id))
    : false;
}

function without<T extends JsonObject>(value: T, id: string): T {
  const text = JSON.stringify(value, (name, each: unknown) => (name !== 'id' && each === id ? null : each));
  // Only references became null, and they all may be.
  return JSON.parse(text) as T;
}
