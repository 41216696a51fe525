import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { revise } from '../../src/apply/revise.ts';
import type { Live } from '../../src/model/live.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import type { Fields } from '../../src/model/value.ts';
import {
  addObject,
  changeObject,
  emptyOrganization,
  type MemoryOrganization,
  removeObject,
  storedObjects,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { type Declaration, declare, organizationWith, planFor } from './world.ts';

const test = suite('an approved plan against fresh live state');

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function liveOf(organization: MemoryOrganization): Live {
  const collections = kinds.collections.map(
    ({ collection }) =>
      [collection, { scope: 'all', objects: [...storedObjects(organization, collection).values()] }] as const,
  );
  return { collections: new Map(collections), settings: organization.settings };
}

interface Row {
  readonly name: string;
  readonly accounts: readonly Fields[];
  readonly file: Declaration;
  readonly meanwhile: (organization: MemoryOrganization) => void;
  /** Address to status, or to the code of the problem of a stale one. */
  readonly verdicts: Readonly<Record<string, string>>;
}

const cash = { name: 'Cash', nominal_code: '1000' };
const file: Declaration = { ledger_accounts: { cash: { ...cash, description: 'In hand' } } };
const payments = 'settings.ledger_accounts.payments';
const pays: Declaration = { ledger_accounts: { cash }, settings: { [payments]: 'ledger_accounts.cash' } };
const nothing = (): void => {};
const change =
  (fields: Fields, number = 1) =>
  (organization: MemoryOrganization) =>
    void changeObject(organization, 'ledger_accounts', id(number), fields);
const add =
  (fields: Fields, external = false) =>
  (organization: MemoryOrganization) =>
    void addObject(organization, 'ledger_accounts', fields, { external });
const remove = (organization: MemoryOrganization): void =>
  removeObject(organization, 'ledger_accounts', id(1));
const point = (to: string | null) => (organization: MemoryOrganization) => {
  organization.settings = { ...organization.settings, [payments]: to };
};
const all =
  (...acts: readonly ((organization: MemoryOrganization) => void)[]) =>
  (organization: MemoryOrganization) => {
    for (const act of acts) act(organization);
  };

const rows: readonly Row[] = [
  {
    name: 'an update whose object is as planned runs',
    accounts: [cash],
    file,
    meanwhile: nothing,
    verdicts: { 'ledger_accounts.cash': 'run' },
  },
  {
    name: 'an update runs when the difference is none under normalization',
    accounts: [cash],
    file,
    meanwhile: change({ name: ' Cash ', description: '' }),
    verdicts: { 'ledger_accounts.cash': 'run' },
  },
  {
    name: 'an update that somebody made is done',
    accounts: [cash],
    file,
    meanwhile: change({ description: 'In hand ' }),
    verdicts: { 'ledger_accounts.cash': 'already_done' },
  },
  {
    name: 'an update of a value that moved is stale',
    accounts: [cash],
    file,
    meanwhile: change({ description: 'Else' }),
    verdicts: { 'ledger_accounts.cash': 'STALE' },
  },
  {
    name: 'an update is stale when another stated value moved',
    accounts: [cash],
    file,
    meanwhile: change({ name: 'Kasse' }),
    verdicts: { 'ledger_accounts.cash': 'STALE' },
  },
  {
    name: 'an update whose object is gone is stale',
    accounts: [cash],
    file,
    meanwhile: remove,
    verdicts: { 'ledger_accounts.cash': 'STALE' },
  },
  {
    name: 'a value that the file does not state may move',
    accounts: [{ ...cash, description: 'x' }],
    file: { ledger_accounts: { cash: { ...cash, name: 'Till' } } },
    meanwhile: change({ description: 'y' }),
    verdicts: { 'ledger_accounts.cash': 'run' },
  },
  {
    name: 'a create runs',
    accounts: [],
    file,
    meanwhile: nothing,
    verdicts: { 'ledger_accounts.cash': 'run' },
  },
  {
    name: 'a create runs beside an external object with its code',
    accounts: [],
    file,
    meanwhile: add({ ...cash, description: 'In hand' }, true),
    verdicts: { 'ledger_accounts.cash': 'run' },
  },
  {
    name: 'a create whose object is there is done',
    accounts: [],
    file,
    meanwhile: add({ ...cash, description: 'In hand' }),
    verdicts: { 'ledger_accounts.cash': 'already_done' },
  },
  {
    name: 'a create whose object is there otherwise is stale',
    accounts: [],
    file,
    meanwhile: add(cash),
    verdicts: { 'ledger_accounts.cash': 'STALE' },
  },
  {
    name: 'a create with two objects has twins',
    accounts: [],
    file,
    meanwhile: all(add({ ...cash, description: 'In hand' }), add(cash)),
    verdicts: { 'ledger_accounts.cash': 'TWINS' },
  },
  {
    name: 'a delete whose object is as planned runs',
    accounts: [cash],
    file: { ledger_accounts: {}, prune: 'all' },
    meanwhile: nothing,
    verdicts: { [`ledger_accounts[${id(1)}]`]: 'run' },
  },
  {
    name: 'a delete whose object is gone is done',
    accounts: [cash],
    file: { ledger_accounts: {}, prune: 'all' },
    meanwhile: remove,
    verdicts: { [`ledger_accounts[${id(1)}]`]: 'already_done' },
  },
  {
    name: 'a delete of an object that somebody changed is stale',
    accounts: [cash],
    file: { ledger_accounts: {}, prune: 'all' },
    meanwhile: change({ description: 'important' }),
    verdicts: { [`ledger_accounts[${id(1)}]`]: 'STALE' },
  },
  {
    name: 'a setting as planned runs',
    accounts: [cash],
    file: pays,
    meanwhile: nothing,
    verdicts: { [payments]: 'run' },
  },
  {
    name: 'a setting that is set is done',
    accounts: [cash],
    file: pays,
    meanwhile: point(id(1)),
    verdicts: { [payments]: 'already_done' },
  },
  {
    name: 'a setting that points elsewhere is stale',
    accounts: [cash],
    file: pays,
    meanwhile: point(id(7)),
    verdicts: { [payments]: 'STALE' },
  },
  {
    name: 'a setting to an account that is gone is stale',
    accounts: [cash],
    file: pays,
    meanwhile: remove,
    verdicts: { [payments]: 'STALE' },
  },
  {
    name: 'a setting waits for the account that the plan creates',
    accounts: [],
    file: pays,
    meanwhile: nothing,
    verdicts: { 'ledger_accounts.cash': 'run', [payments]: 'run' },
  },
  {
    name: 'a setting to a created account resolves by identity',
    accounts: [],
    file: pays,
    meanwhile: all(add(cash), point(id(1))),
    verdicts: { 'ledger_accounts.cash': 'already_done', [payments]: 'already_done' },
  },
  {
    name: 'a setting to a created account that is not set yet runs',
    accounts: [],
    file: pays,
    meanwhile: add(cash),
    verdicts: { 'ledger_accounts.cash': 'already_done', [payments]: 'run' },
  },
  {
    name: 'a setting that is to be cleared and is clear is done',
    accounts: [cash],
    file: { ledger_accounts: { cash }, settings: { [payments]: null } },
    meanwhile: point(null),
    verdicts: { [payments]: 'already_done' },
  },
];

for (const row of rows)
  test(row.name, async () => {
    const organization = organizationWith({ ledger_accounts: row.accounts });
    if (row.name.includes('cleared')) point(id(1))(organization);
    const plan = await planFor(declare(row.file), organization);
    row.meanwhile(organization);
    const { verdicts } = revise(plan, liveOf(organization), kinds);
    assert.equal(
      Object.fromEntries(
        verdicts.map(({ change: { address }, status, problem }) => [address, problem?.code ?? status]),
      ),
      row.verdicts,
    );
  });

test('a stale change says the planned, the live and the wanted value', async () => {
  const organization = organizationWith({ ledger_accounts: [{ ...cash, description: 'planned' }] });
  const plan = await planFor(declare(file), organization);
  change({ description: 'moved' })(organization);
  const [verdict] = revise(plan, liveOf(organization), kinds).verdicts;
  for (const word of ['planned', 'moved', 'In hand']) assert.match(verdict?.problem?.message ?? '', word);
});

test('an object that gives up its code is not what a create of that code stands for', async () => {
  const organization = organizationWith({ ledger_accounts: [cash] });
  const [created, updated] = ['create', 'update'] as const;
  const base = {
    kind: 'ledger_account',
    reason: 'config',
    source: null,
    depends_on: [],
    warnings: [],
  } as const;
  const changes: readonly Change[] = [
    {
      ...base,
      address: 'ledger_accounts.old',
      action: updated,
      label: 'Cash',
      id: id(1),
      before: cash,
      after: { ...cash, nominal_code: '1001' },
    },
    {
      ...base,
      address: 'ledger_accounts.new',
      action: created,
      label: 'Till',
      id: null,
      before: null,
      after: { name: 'Till', nominal_code: '1000' },
    },
  ];
  const plan: Plan = { ...(await planFor(declare({}), organization)), changes };
  assert.equal(
    revise(plan, liveOf(organization), kinds).verdicts.map(({ status }) => status),
    ['run', 'run'],
  );
});

test('takes linear time', async () => {
  const measure = async (count: number): Promise<number> => {
    const organization = emptyOrganization(kinds);
    const entries = Array.from({ length: count }, (_, index): [string, Fields] => [
      `k${index}`,
      { name: 'Same', nominal_code: String(index) },
    ]);
    const plan = await planFor(declare({ ledger_accounts: Object.fromEntries(entries) }), organization);
    for (const [, fields] of entries) addObject(organization, 'ledger_accounts', fields);
    const live = liveOf(organization);
    const start = process.cpuUsage();
    revise(plan, live, kinds);
    return process.cpuUsage(start).user;
  };
  await measure(500);
  const small = Math.max(await measure(500), 1000);
  assert.ok((await measure(8000)) < small * 16 * 6);
});

test.run();
