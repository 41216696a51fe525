import type { Desired } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { unkeyedAddress } from '../model/value.ts';
import { compareCollection } from '../plan/collection-part.ts';
import type { Provider } from '../providers/contract.ts';
import type { Listing, Row } from './list.ts';

type Scope = 'internal' | 'external' | undefined;
type Cells = Readonly<Record<string, string | null>>;

/** Reads what a listing needs and no more. An id can spare reads. */
export function listingOf(
  kind: string,
  scope: Scope,
  id: string | undefined,
  desired: Desired,
  provider: Provider,
): Promise<Listing> {
  const collection = provider.kinds.collections.find((each) => each.collection === kind);
  if (collection) return objects(collection, scope, desired, provider);
  if (scope !== undefined)
    throw new Stop(3, [
      errorProblem('OPTION_INVALID', `--internal and --external are not for ${kind}.`, {
        hint: 'Only tax rates and ledger accounts are internal or external.',
      }),
    ]);
  if (kind === 'settings') return settings(desired, provider);
  if (kind === 'products') return products(provider);
  return kind === 'payables' ? payables(provider) : lineItems(id, provider);
}

async function objects(
  kind: CollectionKind,
  scope: Scope,
  desired: Desired,
  provider: Provider,
): Promise<Listing> {
  const found = await provider.list(kind.collection, scope);
  const live = {
    collections: new Map([[kind.collection, { scope: 'all' as const, objects: found }]]),
    settings: null,
  };
  const { addressOf } = compareCollection(kind, desired, live);
  const rows = found.map(({ external, fields, id, status }): Row => {
    const address = addressOf(id);
    const key = address === unkeyedAddress(kind.collection, id) ? null : address;
    return { id, key, ...fields, status, origin: external ? 'external' : 'internal' };
  });
  return { columns: ['id', 'key', ...Object.keys(kind.fields), 'status', 'origin'], rows };
}

async function settings(desired: Desired, provider: Provider): Promise<Listing> {
  const { collections, settings: slots } = provider.kinds;
  const stored = await provider.settings();
  const used = new Set(slots.filter(({ address }) => stored[address]).map(({ collection }) => collection));
  const targets = new Map<string, string>();
  await Promise.all(
    collections
      .filter(({ collection }) => used.has(collection))
      .map(async ({ collection, identity }) => {
        for (const { fields, id } of await provider.list(collection))
          targets.set(id, [fields[identity], fields.name].filter((part) => part).join(' '));
      }),
  );
  const declared = new Set(desired.settings.map(({ address }) => address));
  const rows = slots.map(({ address }): Row => {
    const value = stored[address] ?? null;
    return {
      id: address,
      key: declared.has(address) ? address : null,
      value,
      object: value === null ? null : (targets.get(value) ?? null),
    };
  });
  return { columns: ['id', 'key', 'value', 'object'], rows };
}

async function products(provider: Provider): Promise<Listing> {
  const rows: Row[] = [];
  for await (const each of provider.products()) rows.push(unmanaged({ ...each }));
  return {
    columns: ['id', 'key', 'name', 'type', 'external_reference', 'currency', 'ledger_account_id'],
    rows,
  };
}

async function payables(provider: Provider): Promise<Listing> {
  const rows: Row[] = [];
  for await (const each of provider.payables()) rows.push(unmanaged({ ...each }));
  return {
    columns: ['id', 'key', 'status', 'document_id', 'counterpart_name', 'currency', 'created_at'],
    rows,
  };
}

/** Lines are asked for payable by payable; their ids here name both. */
async function lineItems(id: string | undefined, provider: Provider): Promise<Listing> {
  const ids: string[] = [];
  const [only, line] = id?.split('/') ?? [];
  if (only !== undefined && line !== undefined) ids.push(only);
  else for await (const each of provider.payables()) ids.push(each.id);
  const lines = await Promise.all(ids.map((payable) => provider.lineItems(payable)));
  const rows = lines.flat().map((each) => unmanaged({ ...each, id: `${each.payable_id}/${each.id}` }));
  return {
    columns: ['id', 'key', 'name', 'description', 'ledger_account_id', 'accounting_tax_rate_id'],
    rows,
  };
}

/** What no key of the file manages. */
const unmanaged = ({ id, ...rest }: Cells & { readonly id: string }): Row => ({ id, key: null, ...rest });
