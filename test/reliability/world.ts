import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Emulator,
  type EmulatorOptions,
  localCredentials,
  startEmulator,
} from '../../src/emulator/emulator.ts';
import { load } from '../../src/load/load.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { LiveLineItem } from '../../src/model/live.ts';
import type { Provider } from '../../src/providers/contract.ts';
import {
  copyOfOrganization,
  emptyOrganization,
  type MemoryOrganization,
  storedObjects,
} from '../../src/providers/memory/organization.ts';
import { connectTesouro, type Surroundings } from '../../src/providers/tesouro/connect.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';

/*
 * One file and one organization for all proofs of the apply: a plan with every action on every kind, more than 40 writes,
 * dependencies in both directions, beside objects, products and lines that nobody may touch. The file and the seed are in
 * `books/`; the organization in memory is a copy of what the emulator makes of the seed, so both speak of the same books.
 */

export const books = join(import.meta.dirname, 'books');
export const organization = '9d2b4c8f-2087-4738-ba91-7359683c49a4';
export const seed: unknown = JSON.parse(readFileSync(join(books, 'seed.json'), 'utf8'));
export const configurationText = readFileSync(join(books, 'ledgerform.yaml'), 'utf8');

/** What the file means. */
export async function desiredBooks(): Promise<Desired> {
  const options = { environment: null, variables: {}, allowOutside: false, root: books, cwd: books };
  const { desired, problems } = await load({ ...options, path: 'ledgerform.yaml' }, kinds);
  if (!desired) throw new Error(JSON.stringify(problems));
  return desired;
}

/** An emulator that holds the books. */
export const startBooks = (options: Partial<EmulatorOptions> = {}): Promise<Emulator> =>
  startEmulator({
    port: 0,
    file: null,
    seed,
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
    ...options,
  });

/** The real client of an emulator. */
export function connectBooks(
  { url }: Pick<Emulator, 'url'>,
  options: { readonly deadlineSeconds?: number; readonly abort?: AbortSignal } = {},
  surroundings?: Surroundings,
): Provider {
  const { id, secret } = localCredentials;
  return connectTesouro(
    {
      account: { organization: { id: organization, name: null }, environment: 'sandbox', apiUrl: 'sandbox' },
      baseUrl: url,
      credentials: { type: 'client', id, secret: new Secret(secret), tokenUrl: null },
      concurrency: 30,
      rateLimit: null,
      deadlineSeconds: options.deadlineSeconds ?? null,
      abort: options.abort ?? new AbortController().signal,
      log: () => {},
      environment: {},
    },
    surroundings,
  );
}

/** The books in memory, read once through the client; `copyOf` makes as many as are needed. */
export async function booksInMemory(): Promise<MemoryOrganization> {
  const emulator = await startBooks();
  const provider = connectBooks(emulator);
  try {
    return await memoryOf(provider);
  } finally {
    await provider.close();
    await emulator.close();
  }
}

/** The organization behind a client, as a copy in memory. */
export async function memoryOf(provider: Provider): Promise<MemoryOrganization> {
  const memory = emptyOrganization(kinds);
  for (const { collection } of kinds.collections) {
    const objects = await provider.list(collection);
    const byId = new Map(objects.map((each) => [each.id, each]));
    memory.objects = new Map(memory.objects).set(collection, byId);
  }
  memory.settings = await provider.settings();
  memory.products = await collected(provider.products());
  memory.payables = await collected(provider.payables());
  const lines = new Map<string, readonly LiveLineItem[]>();
  for (const { id } of memory.payables) lines.set(id, await provider.lineItems(id));
  memory.lines = lines;
  memory.movesOn = true;
  return memory;
}

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A second organization that holds the same and goes its own way. */
export const copyOf = copyOfOrganization;

/** Everything that is stored, line by line in a fixed order, with labels in place of ids and no times. */
export function pictureOfMemory(memory: MemoryOrganization): readonly string[] {
  const objects = kinds.collections.map(
    ({ collection }) => [collection, [...storedObjects(memory, collection).values()]] as const,
  );
  return picture({
    ...Object.fromEntries(objects),
    settings: [memory.settings],
    products: memory.products,
    payables: memory.payables,
    line_items: [...memory.lines.values()].flat(),
  });
}

/** The same of an emulator; its words for things differ, so compare only like with like. */
export function pictureOfEmulator(emulator: Emulator): readonly string[] {
  const stored = emulator.organization(organization);
  const payables = stored.all('payables');
  return picture({
    ledger_accounts: stored.all('ledger_accounts'),
    tax_rates: stored.all('tax_rates'),
    settings: [stored.settings()],
    products: stored.all('products'),
    payables,
    line_items: payables.flatMap(({ id }) => stored.lines(id)),
  });
}

type Things = readonly object[];

function picture(stored: Readonly<Record<string, Things>>): readonly string[] {
  const labels = new Map<unknown, string>();
  for (const [collection, things] of Object.entries(stored))
    for (const thing of things) {
      const id = idOf(thing);
      if (id !== null) labels.set(id, labelOf(collection, thing));
    }
  const replaced = (name: string, value: unknown): unknown => {
    if (name === 'created_at' || name === 'updated_at' || name === 'id') return undefined;
    return labels.get(value) ?? value;
  };
  return Object.entries(stored)
    .flatMap(([name, things]) => things.map((thing) => `${name} ${JSON.stringify(thing, replaced)}`))
    .sort();
}

const idOf = (thing: object): string | null =>
  'id' in thing && typeof thing.id === 'string' ? thing.id : null;

function labelOf(collection: string, thing: object): string {
  const { code, document_id, fields, name, nominal_code } = Object(thing);
  const { code: fieldCode, name: fieldName, nominal_code: fieldNominalCode } = Object(fields);
  const words = [nominal_code, code, fieldNominalCode, fieldCode, document_id, name, fieldName];
  return `<${collection} ${words.filter((each) => typeof each === 'string').join(' ')}>`;
}

/** Identities that two internal objects of one collection share: collection and code, or name where there is no code. */
export function twinsInMemory(memory: MemoryOrganization): readonly string[] {
  return kinds.collections.flatMap(({ collection }) =>
    twins(
      collection,
      [...storedObjects(memory, collection).values()].map(({ external, fields }) => ({
        external,
        ...fields,
      })),
    ),
  );
}

/** The same of an emulator. */
export function twinsInEmulator(emulator: Emulator): readonly string[] {
  const stored = emulator.organization(organization);
  return (['ledger_accounts', 'tax_rates'] as const).flatMap((collection) =>
    twins(collection, stored.all(collection)),
  );
}

function twins(collection: string, things: Things): readonly string[] {
  const internal = things.filter((thing) => {
    const { external, is_external } = Object(thing);
    return external !== true && is_external !== true;
  });
  const identities = internal.map((thing) => identityOf(collection, thing)).sort();
  return identities.filter((identity, at) => identity === identities[at - 1]);
}

/** What identifies an object among those of its collection: its code or, where it has none, its name. */
export function identityOf(collection: string, thing: object): string {
  const { code, name, nominal_code } = Object(thing);
  const given = nominal_code ?? code;
  return `${collection} ${typeof given === 'string' ? given.trim().toUpperCase() : `name ${name}`}`;
}
