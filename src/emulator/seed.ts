import { checkSeed } from './check-seed.gen.js';
import { isObject, type Json, type JsonObject, type Stored } from './json.ts';
import { lineAmounts } from './line-amounts.ts';
import { lineDefaults, seedDefaults } from './seed-defaults.ts';
import { invoiceLine, payableTotals } from './seed-documents.ts';
import { idMaker, listOf, stamps } from './seed-ids.ts';
import { recordWrites } from './seed-records.ts';
import { type References, referencesTo, SeedInvalid } from './seed-references.ts';
import { systemWrites } from './seed-system.ts';
import type { CollectionName, State, Write } from './state.ts';

/** The writes that put a seed document into the organizations that hold nothing yet; throws SeedInvalid. */
export function seedWrites(document: unknown, state: State): readonly Write[] {
  if (!checkSeed(document)) {
    throw new SeedInvalid(
      (checkSeed.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${placeOf(instancePath)} ${message ?? 'is wrong'}${detailOf(params)}`,
      ),
    );
  }
  // The check has seen the shape.
  const { organizations } = document as { readonly organizations: readonly JsonObject[] };
  const count = { seq: state.nextSeq };
  return organizations.flatMap((each, at) =>
    state.organizations.has(textOf(each.id)) ? [] : organizationWrites(each, `organizations[${at}]`, count),
  );
}

const placeOf = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.') || 'the document';

const detailOf = (params: Readonly<Record<string, unknown>>): string => {
  const extra = params.additionalProperty ?? params.allowedValues;
  return extra === undefined ? '' : `: ${JSON.stringify(extra)}`;
};

/** In this order: an object may refer to what stands before it. */
const seedNames = [
  'tax_rates',
  'ledger_accounts',
  'products',
  'payables',
  'receivables',
  'connections',
] as const;

/** What is collected while an organization is made. */
interface Making {
  readonly organization: string;
  readonly count: { seq: number };
  readonly writes: Write[];
  readonly made: Map<CollectionName, readonly Stored[]>;
  /** To what was made so far. */
  references: References;
}

function organizationWrites(given: JsonObject, place: string, count: { seq: number }): readonly Write[] {
  const organization = textOf(given.id).toLowerCase();
  const making: Making = {
    organization,
    count,
    writes: [],
    made: new Map(),
    references: referencesTo([], []),
  };
  const value = { name: given.name ?? null };
  making.writes.push({ organization, collection: 'organization', id: organization, seq: 0, value });
  for (const collection of seedNames) {
    const ids = idMaker(`${organization}/${collection}`);
    const objects = listOf(given[collection]).map((each, at) =>
      objectOf(collection, each, { ids, at, place: `${place}.${collection}[${at}]` }, making),
    );
    making.made.set(collection, objects);
    making.references = referencesTo(
      making.made.get('ledger_accounts') ?? [],
      making.made.get('tax_rates') ?? [],
    );
    for (const each of objects) {
      making.writes.push({ organization, collection, id: each.id, seq: count.seq, value: each });
      count.seq += 1;
    }
  }
  const settings = settingsOf(given.settings ?? {}, making.references, `${place}.settings`);
  making.writes.push({ organization, collection: 'settings', id: organization, seq: 0, value: settings });
  return [...making.writes, ...recordWrites(given, place, making), ...systemWrites(given, place, making)];
}

interface Position {
  readonly ids: (given: JsonObject) => string;
  readonly at: number;
  readonly place: string;
}

function objectOf(
  collection: keyof typeof seedDefaults,
  given: JsonObject,
  { ids, at, place }: Position,
  making: Making,
): Stored {
  const { line_items, ...members } = making.references.resolved(given, place);
  const defaults = seedDefaults[collection](members, making.organization);
  const value: Stored = { ...defaults, ...members, ...stamps(members, at), id: ids(members) };
  if (collection === 'payables') return payable(value, listOf(line_items), place, making);
  return collection === 'receivables' ? invoice(value, listOf(line_items), place, making) : value;
}

function payable(value: Stored, given: readonly JsonObject[], place: string, making: Making): Stored {
  const ids = idMaker(`${making.organization}/payables/${value.id}`);
  const lines = given.map((each, at): Stored => {
    const members = making.references.resolved(each, `${place}.line_items[${at}]`);
    const line = { ...lineDefaults, ...members };
    const amounts = { ...lineAmounts(line, 'half_up'), ...members };
    return { ...line, ...amounts, ...stamps(members, at), id: ids(members), payable_id: value.id };
  });
  const { organization, count, writes } = making;
  for (const line of lines) {
    writes.push({
      organization,
      collection: 'line_items',
      parent: value.id,
      id: line.id,
      seq: count.seq,
      value: line,
    });
    count.seq += 1;
  }
  const { counterpart_name, ...rest } = value;
  const vendor = counterpart_name === undefined ? {} : { counterpart_raw_data: { name: counterpart_name } };
  return { ...payableTotals(lines), ...rest, ...vendor, id: value.id, ...stamps(value, 0) };
}

function invoice(value: Stored, given: readonly JsonObject[], place: string, making: Making): Stored {
  const products = making.made.get('products') ?? [];
  const { references } = making;
  const lines = given.map((each, at) =>
    invoiceLine(each, value, { products, references, place: `${place}.line_items[${at}].product` }),
  );
  const sum = (member: string) => lines.reduce((total, line) => total + Number(line[member]), 0);
  return {
    subtotal: sum('total_before_tax'),
    total_amount: sum('total_after_tax'),
    ...value,
    line_items: lines,
  };
}

function settingsOf(given: Json, references: References, place: string): JsonObject {
  if (!isObject(given) || !isObject(given.accounting ?? null)) return isObject(given) ? given : {};
  const accounting = given.accounting as JsonObject; // an object, as the line above says
  const group = (name: string, noun: 'ledger_account' | 'tax_rate') =>
    Object.entries(isObject(accounting[name] ?? null) ? (accounting[name] as JsonObject) : {}) // checked in the same line
      .map(
        ([slot, wanted]) =>
          [slot, references.idOf(noun, wanted, `${place}.accounting.${name}.${slot}`)] as const,
      );
  const accounts = {
    payments: null,
    products: null,
    ...Object.fromEntries(group('ledger_account_ids', 'ledger_account')),
  };
  const rates = { deductions: null, ...Object.fromEntries(group('tax_ids', 'tax_rate')) };
  return { ...given, accounting: { ledger_account_ids: accounts, tax_ids: rates } };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
