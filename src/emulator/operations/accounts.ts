import type { Call, Handler, World } from '../call.ts';
import type { JsonObject, Stored } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { deletionOf } from './deletion.ts';
import { deleted, find, getter, lister, merged, patched, type Resource, shown, writeOf } from './resource.ts';

/** What sets ledger accounts and tax rates apart; everything else is the same for both. */
interface AccountResource extends Resource {
  readonly collection: 'ledger_accounts' | 'tax_rates';
  /** The member that holds the code. */
  readonly code: string;
  readonly fresh: (world: World) => JsonObject;
}

const shared = {
  limit: ({ default_limit_250 }: World['switches']) => Number(default_limit_250),
  resend: true,
  sort: () => 'created_at',
  meanings: () => ({}),
};

const ledgerAccounts: AccountResource = {
  ...shared,
  collection: 'ledger_accounts',
  noun: 'ledger account',
  param: 'ledger_account_id',
  code: 'nominal_code',
  fresh: ({ switches }) => ({
    name: null,
    nominal_code: null,
    description: null,
    type: switches.new_account_type,
    subtype: null,
    status: switches.new_account_status,
    currency: null,
    current_balance: null,
    is_bank_account: switches.new_account_bank === 'true',
    is_external: false,
  }),
};

const taxRates: AccountResource = {
  ...shared,
  collection: 'tax_rates',
  noun: 'tax rate',
  param: 'tax_rate_id',
  code: 'code',
  fresh: ({ switches }) => ({
    name: null,
    code: null,
    description: null,
    effective_tax_rate: 0,
    total_tax_rate: null,
    components: null,
    status: switches.new_tax_rate_status === 'none' ? null : switches.new_tax_rate_status,
    is_external: false,
  }),
};

/** The operations of ledger accounts and tax rates. */
export const accountOperations: Readonly<Record<string, Handler>> = {
  ...operationsOf(ledgerAccounts, 'LedgerAccount'),
  ...operationsOf(taxRates, 'AccountingTaxRate'),
};

function operationsOf(resource: AccountResource, noun: string): Readonly<Record<string, Handler>> {
  return {
    [`list${noun}s`]: lister(resource),
    [`get${noun}`]: getter(resource),
    [`create${noun}`]: (call, world) => create(resource, call, world),
    [`update${noun}`]: (call, world) => {
      const before = internal(resource, call, world);
      const after = merged(before, accepted(resource, call.body, world), world);
      refuseTwin(resource, after, call, world);
      const { seq, organization } = placeOf(resource, before, call, world);
      world.store.commit([writeOf(organization, resource.collection, after.id, seq, after)]);
      return patched(after, world.switches);
    },
    [`delete${noun}`]: (call, world) => {
      const before = internal(resource, call, world);
      const { organization } = placeOf(resource, before, call, world);
      world.store.commit(deletionOf(organization, resource.collection, before, world));
      return deleted(before, world.switches);
    },
  };
}

function create(resource: AccountResource, call: Call, world: World) {
  permit(world);
  const organization = world.store.organization(call.organization);
  const { seq, id } = world.store.fresh(call.organization, resource.collection);
  const time = world.now().toISOString();
  const value: Stored = {
    id,
    created_at: time,
    updated_at: time,
    ...resource.fresh(world),
    ...accepted(resource, call.body, world),
  };
  refuseTwin(resource, value, call, world);
  world.store.commit([writeOf(organization, resource.collection, id, seq, value)]);
  return { status: 201, body: shown(value, world.switches) };
}

function placeOf(resource: AccountResource, { id }: Stored, call: Call, { store }: World) {
  const organization = store.organization(call.organization);
  return { organization, seq: organization.collections[resource.collection].get(id)?.seq ?? 0 };
}

/** The object that the path names, unless it came from the accounting system. */
function internal(resource: AccountResource, call: Call, world: World): Stored {
  permit(world);
  const found = find(resource, call, world);
  if (found.is_external !== true) return found;
  const message = `this ${resource.noun} comes from the accounting system and cannot be changed`;
  throw new Refusal(Number(world.switches.external_edit), 'external_object', message);
}

function permit({ switches }: World): void {
  if (switches.write_permission === 'missing')
    throw new Refusal(403, 'forbidden', 'this token may not write accounting configuration');
}

/** What the service stores of a body: it may alter texts and leave the rate alone. */
function accepted(resource: AccountResource, body: JsonObject, { switches }: World): JsonObject {
  const kept = Object.entries(body).filter(
    ([name]) => name !== 'effective_tax_rate' || switches.effective_tax_rate === 'stored',
  );
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      const text = switches.texts === 'trimmed' ? value.trim() : value;
      return [name, name === resource.code && switches.codes === 'upper' ? text.toUpperCase() : text];
    }),
  );
}

function refuseTwin(resource: AccountResource, value: Stored, call: Call, { store, switches }: World): void {
  if (switches.duplicates === 'accepted') return;
  const member = switches.duplicates === 'codes_refused' ? resource.code : 'name';
  if (value[member] === null) return;
  for (const { value: other } of store
    .organization(call.organization)
    .collections[resource.collection].entries()) {
    if (other.id !== value.id && other[member] === value[member]) {
      throw new Refusal(409, 'duplicate', `another ${resource.noun} has this ${member}`);
    }
  }
}
