import type { Call, Handler, World } from '../call.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { invalid, Refusal } from '../refusal.ts';

const defaults: JsonObject = {
  accounting: { ledger_account_ids: { payments: null, products: null }, tax_ids: { deductions: null } },
  payables_skip_approval_flow: false,
  vat_mode: 'exclusive',
};

/** The operations of an organization's settings. */
export const settingsOperations: Readonly<Record<string, Handler>> = {
  getEntitySettings: (call, world) => ({
    status: 200,
    body: shown(settingsOf(call.organization, world), world),
  }),
  updateEntitySettings: (call, world) => update(call, world),
  updateOrganizationSettingsAlias: (call, world) => {
    if (world.switches.settings_alias === 'absent')
      throw new Refusal(404, 'not_found', 'there is no such path');
    return update(call, world);
  },
};

function update({ body, organization: id }: Call, world: World) {
  if (Object.keys(body).length === 0 && world.switches.empty_patch === '422') {
    throw invalid(['body'], 'At least one member is required', 'value_error.missing');
  }
  checkIds(id, body, world);
  const before = settingsOf(id, world);
  const accounting = mergedAccounting(
    before.accounting ?? null,
    body.accounting,
    world.switches.settings_merge,
  );
  const value = { ...before, ...body, ...(accounting === undefined ? {} : { accounting }) };
  world.store.commit([{ organization: id, collection: 'settings', id, seq: 0, value }]);
  const { patch_answer } = world.switches;
  return patch_answer === '204' ? { status: 204, body: null } : { status: 200, body: shown(value, world) };
}

const settingsOf = (id: string, { store }: World): JsonObject => ({
  ...defaults,
  ...store.organization(id).settings,
});

function mergedAccounting(before: Json, sent: Json | undefined, how: string): Json | undefined {
  if (sent === undefined || !isObject(sent) || !isObject(before)) return sent;
  if (how === 'replace_accounting') return sent;
  const groups = Object.entries(sent).map(([name, group]) => {
    const old = before[name] ?? null;
    return [name, how === 'deep' && isObject(old) && isObject(group) ? { ...old, ...group } : group];
  });
  return { ...before, ...Object.fromEntries(groups) };
}

const collectionOf = { ledger_account_ids: 'ledger_accounts', tax_ids: 'tax_rates' } as const;

function checkIds(id: string, { accounting }: JsonObject, { store, switches }: World): void {
  if (switches.settings_ids === 'unchecked' || accounting === undefined || !isObject(accounting)) return;
  for (const group of ['ledger_account_ids', 'tax_ids'] as const) {
    const ids = accounting[group] ?? null;
    if (!isObject(ids)) continue;
    const collection = store.organization(id).collections[collectionOf[group]];
    for (const [name, each] of Object.entries(ids)) {
      if (typeof each === 'string' && !collection.get(each)) {
        throw invalid(['body', 'accounting', group, name], 'The object does not exist', 'value_error');
      }
    }
  }
}

const shown = (value: JsonObject, { switches }: World): Json =>
  switches.empty_members === 'null'
    ? value
    : JSON.parse(JSON.stringify(value, (_, each: unknown) => each ?? undefined));
