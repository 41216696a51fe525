import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { Json, JsonObject } from '../../src/emulator/json.ts';
import { parseSwitch, type Switches } from '../../src/emulator/switches.ts';
import {
  at,
  form,
  grant,
  type Local,
  nobody,
  objects,
  oidc,
  organization,
  otherOrganization,
  type Received,
  withLocal,
} from './local-client.ts';

/** Shows over HTTP what a switch does: the same question, another answer for each value. */
export type Probe = (local: Local) => Promise<Json>;

/** Runs a probe with a switch set. */
export const observed = (name: keyof Switches, value: string): Promise<Json> => {
  const { options = {}, ask } = probes[name];
  const switches = { ...options.switches, ...parseSwitch(`${name}=${value}`) };
  return withLocal({ ...options, switches }, ask);
};

interface Planned {
  readonly options?: Partial<EmulatorOptions>;
  readonly ask: Probe;
}

const of = (ask: Probe, options?: Partial<EmulatorOptions>): Planned =>
  options ? { ask, options } : { ask };

const outcome = ({ status, body }: Received): Json => ({ status, body: plain(body) });
const status = ({ status }: Received): number => status;

/** Without what differs in every run. */
const plain = (body: JsonObject): Json =>
  JSON.parse(JSON.stringify(body, (name, value: unknown) => (/_token$|^id$/.test(name) ? null : value)));

const account = { nominal_code: '4010', name: 'Income' };
const create = (local: Local, body: JsonObject = account) => local.call('POST', '/ledger-accounts', { body });
const rate = (local: Local, body: JsonObject) => local.call('POST', '/accounting-tax-rates', { body });

const seeded = (members: JsonObject, switches: Partial<Switches> = {}) => ({
  switches,
  seed: {
    organizations: [
      { id: organization, ...members },
      { id: otherOrganization, ledger_accounts: [{ id: foreign, name: 'Theirs' }] },
    ],
  },
});

const foreign = '22222222-0000-4000-8000-000000000000';
const first = { id: '33333333-0000-4000-8000-000000000000' };
const external = { ledger_accounts: [{ ...first, name: 'Bank', is_external: true }] };
const used = { ledger_accounts: [first], products: [{ name: 'A', ledger_account_id: first.id }] };
const many = { ledger_accounts: Array.from({ length: 120 }, (_, n) => ({ nominal_code: String(1000 + n) })) };
const aLine = { id: '44444444-0000-4000-8000-000000000000' };
const line = { name: 'Hosting', quantity: 1, unit_price: 1000, tax: 1900 };
const bill = { ...first, status: 'draft', line_items: [{ ...aLine, ...line }] };
const lines = `/payables/${first.id}/line-items`;

const lineUrl = `${lines}/${aLine.id}`;

/** Drafts that lack nothing but an account; their taxes are the two values of one external rate. */
const almost = {
  tax_rates: [{ is_external: true, effective_tax_rate: 1900, total_tax_rate: 2000 }],
  connections: [{ status: 'connected' }],
  payables: [1900, 2000].map((tax) => ({
    id: `55555555-0000-4000-8000-00000000${tax}`,
    document_id: `B-${tax}`,
    due_date: '2026-03-01',
    issued_at: '2026-02-01',
    line_items: [{ ...line, id: `66666666-0000-4000-8000-00000000${tax}`, tax }],
  })),
};

const connections = '/accounting-connections';
const link = { connections: [first] };
const linked = `${connections}/${first.id}`;
const stateOf = async ({ call }: Local, id: Json | undefined): Promise<Json> =>
  at((await call('GET', `${connections}/${id}`)).body, 'status');
const pullOf = async ({ call }: Local): Promise<Json> => at((await call('GET', linked)).body, 'last_pull');

/** A pull from the start to the end. */
async function pull({ call, clock }: Local): Promise<void> {
  await call('POST', `${linked}/sync`);
  clock.time += 1000;
}

const records = '/accounting-synced-records';
const failed = `${records}/${first.id}`;
/** A bill whose only line has no account. */
const failing = {
  ...link,
  payables: [{ document_id: 'B-1', status: 'new', line_items: [{ name: 'Hosting' }] }],
  synced_records: [{ ...first, object_type: 'bill', object: { document_id: 'B-1' }, sync_status: 'error' }],
};
const syncedOf = async ({ call }: Local): Promise<Json> =>
  at((await call('GET', failed)).body, 'sync_status');

const limited = (local: Local) => local.call('GET', '/ledger-accounts');

const settingsUrl = `/entities/${organization}/settings`;
const settings = (local: Local, accounting: JsonObject) =>
  local.call('PATCH', settingsUrl, { body: { accounting } });

/** One probe for each switch. */
export const probes: Readonly<Record<keyof Switches, Planned>> = {
  path_prefix: of(async ({ call }) => [
    status(await call('GET', '/ledger-accounts', { prefix: '/v1' })),
    status(await call('GET', '/ledger-accounts', { prefix: '/finops/v1' })),
  ]),
  token_endpoint: of(async ({ call, root }) => [
    status(await call('POST', '/auth/token', { body: grant })),
    status(await oidc(root, form)),
  ]),
  token_lifetime: of(async ({ login }) => (await login()).body.expires_in ?? null),
  user_tokens: of(async ({ call }) =>
    status(
      await call('POST', '/auth/token', {
        body: { ...grant, grant_type: 'entity_user', entity_user_id: nobody },
      }),
    ),
  ),
  oidc_errors: of(async ({ root }) => outcome(await oidc(root, { ...form, client_secret: 'wrong' }))),
  expired_token: of(async (local) => {
    local.clock.time += 1801 * 1000;
    return status(await limited(local));
  }),
  write_permission: of(async (local) => status(await create(local))),
  version_header: of(async ({ call }) => [
    status(await call('GET', '/ledger-accounts', { headers: { 'x-tesouro-version': null } })),
    status(await call('GET', '/ledger-accounts', { headers: { 'x-finops-version': null } })),
  ]),
  missing_version: of(async ({ call }) =>
    status(await call('GET', '/ledger-accounts', { headers: { 'x-finops-version': null } })),
  ),
  unknown_version: of(async ({ call }) =>
    status(await call('GET', '/ledger-accounts', { headers: { 'x-finops-version': '2001-01-01' } })),
  ),
  organization_header: of(async ({ call }) => [
    status(await call('GET', '/ledger-accounts', { headers: { 'x-organization-id': null } })),
    status(await call('GET', '/ledger-accounts', { headers: { 'x-organization-id': 'acme' } })),
  ]),
  unknown_organization: of(async ({ call }) =>
    status(await call('GET', '/ledger-accounts', { organization: nobody })),
  ),
  foreign_status: of(
    async ({ call }) => [
      status(await call('GET', `/ledger-accounts/${foreign}`)),
      status(await call('GET', '/ledger-accounts', { organization: nobody })),
    ],
    seeded({}, { unknown_organization: 'refused' }),
  ),
  unknown_members: of(async (local) => status(await create(local, { ...account, colour: 'red' }))),
  null_in_patch: of(
    async ({ call }) =>
      outcome(await call('PATCH', `/ledger-accounts/${first.id}`, { body: { description: null } })),
    seeded({ ledger_accounts: [{ ...first, description: 'old' }] }),
  ),
  empty_patch: of(
    async ({ call }) => [
      status(await call('PATCH', `/ledger-accounts/${first.id}`, { body: {} })),
      status(await call('PATCH', settingsUrl, { body: {} })),
    ],
    seeded({ ledger_accounts: [first] }),
  ),
  limit_out_of_range: of(async ({ call }) => status(await call('GET', '/ledger-accounts?limit=251'))),
  error_wording: of(async ({ call }) => outcome(await call('GET', `/ledger-accounts/${nobody}`))),
  validation_body: of(async (local) => Object.keys((await create(local, { name: 1 })).body)),
  empty_members: of(async (local) => Object.keys((await create(local)).body)),
  patch_answer: of(
    async (local) => [
      outcome(await local.call('PATCH', `/ledger-accounts/${first.id}`, { body: { name: 'B' } })),
      status(await settings(local, {})),
    ],
    seeded({ ledger_accounts: [first] }),
  ),
  delete_answer: of(
    async ({ call }) => outcome(await call('DELETE', `/ledger-accounts/${first.id}`)),
    seeded({ ledger_accounts: [first] }),
  ),
  version_answer_header: of(async (local) => {
    const { headers } = await limited(local);
    return [headers.get('x-tesouro-version'), headers.get('x-finops-version')];
  }),
  process_time: of(
    async (local) => (await limited(local)).headers.get('x-process-time')?.endsWith('ms') ?? null,
  ),
  rate_limit_model: of(bursts, { rateLimit: 4, switches: { rate_limit_tokens: 'free' } }),
  rate_limit_tokens: of(async (local) => [status(await limited(local)), status(await local.login())], {
    rateLimit: 2,
  }),
  rate_limit_headers: of(async (local) => {
    const { headers } = await limited(local);
    return [headers.get('ratelimit-limit'), headers.get('x-ratelimit-limit-second')];
  }),
  rate_limit_reset: of(async (local) => (await limited(local)).headers.get('ratelimit-reset')),
  list_lag: of(lagging),
  is_external_filter: of(async ({ call }) => {
    const { status, body } = await call('GET', '/ledger-accounts?is_external=false');
    return [status, objects(body.data).length];
  }, seeded(external)),
  default_limit_250: of(async (local) => objects((await limited(local)).body.data).length, seeded(many)),
  limit_with_token: of(async ({ call }) => {
    const { body } = await call('GET', '/ledger-accounts?limit=10');
    return status(
      await call('GET', `/ledger-accounts?limit=20&pagination_token=${body.next_pagination_token}`),
    );
  }, seeded(many)),
  invalid_page_token: of(async ({ call }) =>
    status(await call('GET', '/ledger-accounts?pagination_token=nonsense')),
  ),
  page_fill: of(
    async ({ call }) => objects((await call('GET', '/ledger-accounts?limit=10')).body.data).length,
    seeded(many),
  ),
  last_page: of(async ({ call }) => {
    const { body } = await call('GET', '/ledger-accounts?limit=250');
    return body.next_pagination_token === null;
  }, seeded(many)),
  products_sort: of(
    async ({ call }) => objects((await call('GET', '/products')).body.data).map(({ name }) => name ?? null),
    seeded({ products: [{ name: 'B' }, { name: 'A' }] }),
  ),
  effective_tax_rate: of(async (local) =>
    at((await rate(local, { effective_tax_rate: 700 })).body, 'effective_tax_rate'),
  ),
  codes: of(async (local) => [
    at((await rate(local, { code: 'vat' })).body, 'code'),
    at((await create(local, { nominal_code: 'a1' })).body, 'nominal_code'),
  ]),
  texts: of(async (local) => at((await create(local, { name: ' Income ' })).body, 'name')),
  duplicates: of(async (local) => {
    await create(local);
    return [
      status(await create(local, { ...account, name: 'Other' })),
      status(await create(local, { ...account, nominal_code: '2' })),
    ];
  }),
  new_account_type: of(async (local) => at((await create(local)).body, 'type')),
  new_account_status: of(async (local) => at((await create(local)).body, 'status')),
  new_account_bank: of(async (local) => at((await create(local)).body, 'is_bank_account')),
  new_tax_rate_status: of(async (local) => at((await rate(local, {})).body, 'status')),
  external_edit: of(
    async ({ call }) => [
      status(await call('PATCH', `/ledger-accounts/${first.id}`, { body: { name: 'X' } })),
      status(await call('DELETE', `/ledger-accounts/${first.id}`)),
    ],
    seeded(external),
  ),
  delete_in_use: of(async ({ call }) => {
    const deleted = status(await call('DELETE', `/ledger-accounts/${first.id}`));
    return [deleted, at((await call('GET', '/products')).body, 'data', 0, 'ledger_account_id')];
  }, seeded(used)),
  settings_merge: of(async (local) => {
    await settings(local, { ledger_account_ids: { payments: nobody }, tax_ids: { deductions: nobody } });
    return outcome(await settings(local, { ledger_account_ids: { products: nobody } }));
  }),
  settings_ids: of(async (local) =>
    status(await settings(local, { ledger_account_ids: { payments: nobody } })),
  ),
  settings_alias: of(async ({ call }) =>
    status(await call('PATCH', `/organizations/${organization}/settings`, { body: {} })),
  ),
  product_account: of(async ({ call }) =>
    status(await call('POST', '/products', { body: { name: 'A', ledger_account_id: nobody } })),
  ),
  product_references: of(
    async ({ call }) =>
      status(await call('POST', '/products', { body: { name: 'A', external_reference: 'SKU' } })),
    seeded({ products: [{ external_reference: 'SKU' }] }),
  ),
  delete_used_product: of(
    async ({ call }) => status(await call('DELETE', `/products/${first.id}`)),
    seeded({
      products: [{ ...first, external_reference: 'SKU' }],
      receivables: [{ line_items: [{ product: { external_reference: 'SKU' } }] }],
    }),
  ),
  product_description: of(
    async ({ call }) =>
      status(await call('PATCH', `/products/${first.id}`, { body: { description: 'x'.repeat(256) } })),
    seeded({ products: [first] }),
  ),
  line_references: of(
    async ({ call }) => status(await call('POST', lines, { body: { ledger_account_id: nobody } })),
    seeded({ payables: [bill] }),
  ),
  locked_lines: of(
    async ({ call }) => status(await call('POST', lines, { body: line })),
    seeded({ payables: [{ ...bill, status: 'paid' }] }),
  ),
  locked_assignments: of(
    async ({ call }) => status(await call('PATCH', lineUrl, { body: { ledger_account_id: nobody } })),
    seeded({ payables: [{ ...bill, status: 'paid' }] }),
  ),
  replaced_line_ids: of(
    async ({ call }) => {
      const { body } = await call('PUT', lines, { body: { data: [line] } });
      return at(body, 'data', 0, 'id') === aLine.id;
    },
    seeded({ payables: [bill] }),
  ),
  replaced_totals: of(
    async ({ call }) => {
      const { body } = await call('PUT', lines, { body: { data: [{ ...line, subtotal: 5, total: 6 }] } });
      return [at(body, 'data', 0, 'subtotal'), at(body, 'data', 0, 'total')];
    },
    seeded({ payables: [bill] }),
  ),
  rounding: of(
    async ({ call }) => {
      const amounts = [250, 150].map((price) =>
        call('POST', lines, { body: { quantity: 0.01, unit_price: price } }),
      );
      return (await Promise.all(amounts)).map(({ body }) => body.subtotal ?? null);
    },
    seeded({ payables: [bill] }),
  ),
  authorisation: of(async (local) => {
    const { id } = (await local.call('POST', connections)).body;
    const right = await stateOf(local, id);
    local.clock.time += 500;
    return [right, await stateOf(local, id)];
  }),
  second_connection: of(
    async ({ call }) => status(await call('POST', connections)),
    seeded({ connections: [{}] }),
  ),
  pull_time: of(async (local) => {
    await local.call('POST', `${linked}/sync`);
    const right = await pullOf(local);
    local.clock.time += 1000;
    return [right, await pullOf(local)];
  }, seeded(link)),
  scheduled_pull: of(
    async (local) => {
      local.clock.time += 30 * 60 * 1000;
      await local.login();
      return [await pullOf(local)];
    },
    seeded({ connections: [{ ...first, last_pull: '2026-01-29T23:00:00.000Z' }] }),
  ),
  sync_running: of(async ({ call }) => {
    await call('POST', `${linked}/sync`);
    return status(await call('POST', `${linked}/sync`));
  }, seeded(link)),
  sync_not_connected: of(
    async ({ call }) => status(await call('POST', `${linked}/sync`)),
    seeded({ connections: [{ ...first, status: 'deauthorized' }] }),
  ),
  disconnect_again: of(async ({ call }) => {
    await call('POST', `${linked}/disconnect`);
    return status(await call('POST', `${linked}/disconnect`));
  }, seeded(link)),
  disconnect_answer: of(
    async ({ call }) => Object.keys((await call('POST', `${linked}/disconnect`)).body),
    seeded(link),
  ),
  push_time: of(async (local) => {
    await local.call('POST', `${failed}/push`);
    const right = await syncedOf(local);
    local.clock.time += 500;
    return [right, await syncedOf(local)];
  }, seeded(failing)),
  bill_push_status: of(
    async (local) => {
      await pull(local);
      return (await local.list(`${records}?object_type=bill`)).length;
    },
    seeded({ ...link, payables: [{ status: 'new', line_items: [] }] }),
  ),
  internal_push: of(
    async (local) => {
      await pull(local);
      local.clock.time += 1000;
      const bills = await local.list(`${records}?object_type=bill`);
      return bills.map(({ sync_status }) => sync_status ?? null);
    },
    seeded({
      ...link,
      ledger_accounts: [
        { nominal_code: '1', is_external: true },
        { nominal_code: '1', name: 'Own' },
        { nominal_code: '2' },
      ],
      tax_rates: [{ is_external: true, effective_tax_rate: 0 }],
      payables: [
        { status: 'paid', line_items: [{ ledger_account: { name: 'Own' } }] },
        { status: 'paid', line_items: [{ ledger_account: { nominal_code: '2' } }] },
      ],
    }),
  ),
  record_errors: of(async (local) => {
    await local.call('POST', `${failed}/push`);
    local.clock.time += 500;
    return plain({ errors: (await local.call('GET', failed)).body.errors ?? null });
  }, seeded(failing)),
  push_not_in_error: of(
    async ({ call }) => status(await call('POST', `${failed}/push`)),
    seeded({ ...failing, synced_records: [{ ...first, object_type: 'bill' }] }),
  ),
  pushed_documents: of(
    async (local) => {
      await pull(local);
      local.clock.time += 1000;
      const before = (await local.list('/accounting/payables')).length;
      await pull(local);
      return [before, (await local.list('/accounting/payables')).length];
    },
    seeded({ ...link, payables: [{ status: 'new', line_items: [] }] }),
  ),
  document_ids: of(
    async (local) =>
      objects((await local.call('GET', '/accounting/payables')).body.data).map(({ id }) => id ?? null),
    seeded({
      ...link,
      synced_records: [{ platform_object_id: 'X-1', provider_object_id: 'P-1' }],
      accounting_system: { payables: [{ id: 'X-1' }] },
    }),
  ),
  documents_without_connection: of(async ({ call }) => status(await call('GET', '/accounting/payables'))),
  tax_match: of(async ({ call }) => {
    const statuses: Json[] = [];
    for (const { id, line_items } of almost.payables) {
      const url = `/payables/${id}/line-items/${line_items[0]?.id}`;
      await call('PATCH', url, { body: { ledger_account_id: nobody } });
      statuses.push(at((await call('GET', `/payables/${id}`)).body, 'status'));
    }
    return statuses;
  }, seeded(almost)),
};

/** How many of six requests pass at once, half a second later (in the next second of the clock), and right after. */
async function bursts(local: Local): Promise<Json> {
  const passed: number[] = [];
  for (const pause of [700, 400, 500]) {
    local.clock.time += pause;
    const answers = await Promise.all(Array.from({ length: 6 }, () => limited(local)));
    passed.push(answers.filter((each) => each.status === 200).length);
  }
  return passed;
}

/** What the list shows right after a create, after 500 ms, and at the third look. */
async function lagging(local: Local): Promise<Json> {
  await create(local);
  const look = async () => objects((await limited(local)).body.data).length;
  const [right] = [await look()];
  local.clock.time += 500;
  return [right, await look(), await look()];
}
