import type { Desired } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { unkeyedAddress } from '../model/value.ts';
import { compareCollection } from '../plan/collection-part.ts';
import type { Provider } from '../providers/contract.ts';
import type { Listing, Row } from './list.ts';
import { type LinesWanted, listLines, listPayables } from './listing-lines.ts';
import { listProducts } from './listing-products.ts';

type Scope = 'internal' | 'external' | undefined;

/** What of a kind is listed. */
export interface ListingWanted extends LinesWanted {
  readonly kind: string;
  readonly scope: Scope;
}

/** Reads what a listing needs and no more. An id can spare reads. */
export async function listingOf(
  wanted: ListingWanted,
  desired: Desired,
  provider: Provider,
): Promise<Listing> {
  const { id, kind, scope, unassigned } = wanted;
  const collection = provider.kinds.collections.find((each) => each.collection === kind);
  if (unassigned && (collection || kind === 'settings'))
    throw notFor('--unassigned is', kind, 'Only products, payables and line_items can lack an account.');
  if (collection) return objects(collection, scope, desired, provider);
  if (scope !== undefined)
    throw notFor(
      '--internal and --external are',
      kind,
      'Only tax rates and ledger accounts are internal or external.',
    );
  if (kind === 'settings') return settings(desired, provider);
  if (kind === 'products') return listProducts(id, unassigned, desired, provider);
  return kind === 'payables' ? listPayables(wanted, provider) : listLines(wanted, desired, provider);
}

const notFor = (options: string, kind: string, hint: string): Stop =>
  new Stop(3, [errorProblem('OPTION_INVALID', `${options} not for ${kind}.`, { hint })]);

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
