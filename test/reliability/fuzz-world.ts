import type { Assignments, Targets } from '../../src/model/assignment.ts';
import type { Desired, DesiredEntry, Reference } from '../../src/model/desired.ts';
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
import { addPayable, productOf } from '../apply/world.ts';
import type { CaseEntry, CaseFile, CaseItem, CaseLive, FuzzCase, Move } from './fuzz-case.ts';
import { organization as organizationId } from './world.ts';

/* What a case means: the organization that it begins with, its file as load would give it, and what a second writer does. */

/** The code of the external account that every organization holds. */
const externalCode = '200';

export const idOf = (number: number): string | null =>
  number === 0 ? null : `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The organization before anything happens. */
export function organizationOf({ live }: FuzzCase): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  for (const { code, external = false, name } of live.accounts)
    addObject(organization, 'ledger_accounts', { nominal_code: code, name }, { external });
  for (const { code, name, rate } of live.rates)
    addObject(organization, 'tax_rates', { code, name, effective_tax_rate: rate });
  addObject(
    organization,
    'ledger_accounts',
    { nominal_code: externalCode, name: 'Sales' },
    { external: true, id: 'external' },
  );
  // What is created later never has an id that something pointed to before.
  organization.nextId = 100;
  organization.products = live.products.map(({ account, type }, at) =>
    productOf(`SKU-${at}`, idOf(account), { type }),
  );
  for (const payable of [0, 1] as const) addLines(organization, live, payable);
  organization.settings = Object.fromEntries(
    kinds.settings.map(({ address }, slot) => [address, idOf(live.settings[slot] ?? 0)]),
  );
  organization.movesOn = live.movesOn;
  return organization;
}

function addLines(organization: MemoryOrganization, { lines, status }: CaseLive, payable: 0 | 1): void {
  const own = lines.flatMap((line, at) => (line.payable === payable ? [[at, line] as const] : []));
  const points = own.map(
    ([at, { account, rate }]) => [`L${at}`, [idOf(account), idOf(rate)] as const] as const,
  );
  addPayable(organization, `INV-${payable}`, Object.fromEntries(points), {
    status: payable === 0 ? 'draft' : status,
  });
}

const at = (line: number) => ({ file: 'ledgerform.yaml', line, column: 1 });

/** What load makes of the file. What it would refuse is left out: the same identity, product, line or setting twice. */
export function desiredOf({ file, live }: FuzzCase): Desired {
  const accounts = entriesOf('ledger_accounts', file.accounts, idsIn(live, 'ledger_accounts'));
  const rates = entriesOf('tax_rates', file.rates, idsIn(live, 'tax_rates'));
  const entries = [...accounts, ...rates];
  const external: Reference = { type: 'key', address: 'external.ledger_accounts.sales' };
  const keys = {
    ledger_account: [...accounts.map(referenceTo), ...(file.external ? [external] : [])],
    tax_rate: rates.map(referenceTo),
  };
  const declared = new Set(entries.map(({ collection, fields }) => wordOf(collection, fields)));
  const removed = file.removed.flatMap(({ code, collection }, line) => {
    const isDeclared = declared.has(wordOf(collection, { code, nominal_code: code }));
    return isDeclared ? [] : [{ collection, identity: { code }, origin: at(300 + line) }];
  });
  return {
    organization: { id: organizationId, name: 'Acme GmbH' },
    environment: 'local',
    declared: new Set(['ledger_accounts', 'tax_rates']),
    entries,
    removed: once(removed, ({ collection, identity }) => `${collection} ${identity.code.toUpperCase()}`),
    externals: file.external
      ? [
          {
            address: external.address,
            collection: 'ledger_accounts',
            key: 'sales',
            identity: { code: externalCode },
            origin: at(400),
          },
        ]
      : [],
    settings: once(file.settings, ({ slot }) => slot).flatMap(({ slot, to }) => {
      const kind = kinds.settings[slot];
      if (!kind) return [];
      const among = kind.collection === 'tax_rates' ? keys.tax_rate : keys.ledger_account;
      return [{ address: kind.address, reference: pick(among, to), origin: at(500 + slot) }];
    }),
    assignments: assignmentsOf(file, live, keys),
    policy: { prune: file.prune, maxDeletes: 1000, maxOverwrites: 1000, protect: [] },
  };
}

/** The internal objects that the organization begins with. */
function idsIn({ accounts, rates }: CaseLive, collection: string): readonly (string | null)[] {
  if (collection === 'tax_rates') return rates.map((_, at) => idOf(accounts.length + at + 1));
  return accounts.flatMap(({ external }, at) => (external ? [] : [idOf(at + 1)]));
}

function entriesOf(
  collection: string,
  entries: readonly CaseEntry[],
  ids: readonly (string | null)[],
): readonly DesiredEntry[] {
  const isAccount = collection === 'ledger_accounts';
  // Keys that were each other's, or once had a code and have none, are left out: nothing tells what an object is to be then.
  const made = entries.map(({ code, description, name, pin, rate, was }, index): DesiredEntry => {
    const key = `k${index}`;
    const fields: Fields = {
      ...(code !== undefined && (isAccount ? { nominal_code: code } : { code })),
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(rate !== undefined && { effective_tax_rate: rate }),
    };
    return {
      address: `${collection}.${key}`,
      collection,
      key,
      id: pin === undefined ? null : (ids[pin % Math.max(1, ids.length)] ?? null),
      fields,
      was:
        was === undefined ||
        code === undefined ||
        entries.slice(index).some(({ code }) => code?.toUpperCase() === was.toUpperCase())
          ? null
          : { code: was },
      origin: at(index + (isAccount ? 1 : 100)),
      fieldOrigins: {},
    };
  });
  const identified = made.filter(({ fields, id }) => id !== null || wordOf(collection, fields) !== null);
  const unpinned = once(identified, ({ id }) => id ?? {});
  return once(unpinned, ({ fields }) => wordOf(collection, fields) ?? {});
}

function wordOf(collection: string, { code, name, nominal_code }: Fields): string | null {
  const own = collection === 'ledger_accounts' ? nominal_code : code?.toUpperCase();
  if (own !== undefined && own !== null) return `${collection} code ${own}`;
  return name === undefined ? null : `${collection} name ${name}`;
}

const referenceTo = ({ address }: DesiredEntry): Reference => ({ type: 'key', address });

/** The entry at a place, counted round; null for null, and where there is none. */
const pick = (among: readonly Reference[], place: number | null): Reference | null =>
  place === null ? null : (among[place % Math.max(1, among.length)] ?? null);

function assignmentsOf(
  { lines, products }: CaseFile,
  live: CaseLive,
  keys: Readonly<Record<'ledger_account' | 'tax_rate', readonly Reference[]>>,
): Assignments {
  const targets = ({ account, rate }: CaseItem, withRate: boolean): Targets => ({
    ...(account !== undefined && { ledger_account: pick(keys.ledger_account, account) }),
    ...(withRate && rate !== undefined && { tax_rate: pick(keys.tax_rate, rate) }),
  });
  const there = (items: readonly CaseItem[], count: number): readonly CaseItem[] =>
    once(
      items.filter(({ of }) => typeof of !== 'number' || of < count),
      ({ of }) => (typeof of === 'number' ? of : {}),
    );
  const rule = (item: CaseItem, name: string) =>
    ({ type: 'rule', name, overwrite: item.overwrite ?? false }) as const;
  return {
    products: there(products, live.products.length).map((item, index) => {
      const common = { targets: targets(item, false), origin: at(600 + index) };
      if (typeof item.of === 'number')
        return { ...common, type: 'specific', product: { by: 'external_reference', text: `SKU-${item.of}` } };
      return { ...common, ...rule(item, `p${index}`), when: item.of === 'all' ? {} : { type: [item.of] } };
    }),
    lineItems: there(lines, live.lines.length).map((item, index) => {
      const common = { targets: targets(item, true), origin: at(700 + index) };
      if (typeof item.of === 'number')
        return {
          ...common,
          type: 'specific',
          payable: { by: 'document_id', text: `INV-${live.lines[item.of]?.payable ?? 0}` },
          line_item: { by: 'name', text: `L${item.of}` },
        };
      const when = { payable: { status: ['draft', 'new'] }, line_item: {} };
      return { ...common, ...rule(item, `l${index}`), when };
    }),
  };
}

/** Each thing once, by what `said` says of it; objects are never the same. */
function once<T>(things: readonly T[], said: (thing: T) => unknown): readonly T[] {
  const seen = new Set<unknown>();
  return things.filter((thing) => {
    const word = said(thing);
    if (seen.has(word)) return false;
    seen.add(word);
    return true;
  });
}

/** Somebody else writes. What is not there cannot be moved. */
export function makeMove(organization: MemoryOrganization, move: Move): void {
  if (move.type === 'create') {
    const code = move.collection === 'ledger_accounts' ? { nominal_code: move.code } : { code: move.code };
    addObject(organization, move.collection, { ...code, name: move.name });
  } else if (move.type === 'change' || move.type === 'delete') {
    const objects = [...storedObjects(organization, move.collection).values()].filter(
      ({ external }) => !external,
    );
    const object = objects[move.nth % Math.max(1, objects.length)];
    if (object && move.type === 'change') changeObject(organization, move.collection, object.id, move.fields);
    else if (object) removeObject(organization, move.collection, object.id);
  } else if (move.type === 'product')
    organization.products = organization.products.map((each, index) =>
      index === move.nth ? { ...each, ledger_account_id: idOf(move.to) } : each,
    );
  else if (move.type === 'line') moveLine(organization, move);
  else if (move.type === 'setting') {
    const address = kinds.settings[move.slot]?.address ?? '';
    organization.settings = { ...organization.settings, [address]: idOf(move.to) };
  } else if (move.type === 'status')
    organization.payables = organization.payables.map((each, index) =>
      index === move.nth ? { ...each, status: move.status } : each,
    );
  else if (move.type === 'new product') {
    const reference = `SKU-new-${organization.products.length}`;
    organization.products = [...organization.products, productOf(reference, idOf(move.account))];
  } else addLine(organization, move);
}

function moveLine(organization: MemoryOrganization, move: Extract<Move, { type: 'line' }>): void {
  const ids = move.field === 'account' ? 'ledger_account_id' : 'accounting_tax_rate_id';
  organization.lines = new Map(
    [...organization.lines].map(([payable, lines]) => [
      payable,
      lines.map((line) => (line.name === `L${move.nth}` ? { ...line, [ids]: idOf(move.to) } : line)),
    ]),
  );
}

function addLine(organization: MemoryOrganization, move: Extract<Move, { type: 'new line' }>): void {
  const [payable] = organization.payables;
  if (!payable) return;
  const lines = organization.lines.get(payable.id) ?? [];
  const line = {
    id: `line-new-${lines.length}`,
    payable_id: payable.id,
    name: `new ${lines.length}`,
    description: null,
    ledger_account_id: idOf(move.account),
    accounting_tax_rate_id: idOf(move.rate),
  };
  organization.lines = new Map(organization.lines).set(payable.id, [...lines, line]);
}
