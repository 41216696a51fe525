import type { Account } from '../../model/account.ts';
import { keepsPayable, keepsProduct } from '../../model/list-filter.ts';
import type { LiveSettings } from '../../model/live.ts';
import type { Fields } from '../../model/value.ts';
import { type ApiError, type Provider, ReadFailed, type Written } from '../contract.ts';
import {
  type Effect,
  faultFinder,
  isWrite,
  type MemoryCall,
  type MemoryFault,
  type Operation,
} from './fault.ts';
import {
  addObject,
  answerList,
  changeObject,
  kindOf,
  listObjects,
  type MemoryOrganization,
  removeObject,
  storedObjects,
} from './organization.ts';
import { pointLine, pointProduct } from './pointers.ts';
import {
  apiError,
  refusalOfFields,
  refusalOfLine,
  refusalOfObject,
  refusalOfProduct,
  refusalOfSettings,
} from './refusal.ts';

/** How a provider in memory is set up. */
export interface MemoryOptions {
  readonly organization: MemoryOrganization;
  readonly account?: Account;
  readonly faults?: readonly MemoryFault[];
  /** So many lists of a collection still show it as it was before a write. */
  readonly listLag?: number;
  /** Called when a call arrives, before anything is done about it. */
  readonly onCall?: (call: MemoryCall) => void;
}

/** A provider in memory, and the calls that it was asked for. */
export interface MemoryProvider extends Provider {
  readonly organization: MemoryOrganization;
  readonly calls: readonly MemoryCall[];
}

const localAccount: Account = {
  organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' },
  environment: 'local',
  apiUrl: 'local',
};

/** The contract of providers without a network: one organization in memory, with faults where they are asked for. */
export function memoryProvider(options: MemoryOptions): MemoryProvider {
  const { organization } = options;
  const calls: MemoryCall[] = [];
  const effectOf = faultFinder(options.faults ?? []);

  const arrive = async (operation: Operation, about: Partial<MemoryCall> = {}): Promise<Effect | null> => {
    const call = { collection: null, id: null, fields: null, ...about, operation, write: isWrite(operation) };
    calls.push(call);
    options.onCall?.(call);
    const effect = effectOf(operation);
    await Promise.resolve();
    if (!call.write && effect) throw new ReadFailed(apiError(effect, 503));
    return effect;
  };
  async function* each<T>(operation: Operation, items: () => readonly T[]): AsyncIterable<T> {
    await arrive(operation);
    answerList(organization);
    yield* items();
  }

  return {
    organization,
    calls,
    account: options.account ?? localAccount,
    kinds: organization.kinds,
    async list(collection, scope) {
      kindOf(organization, collection);
      await arrive('list', { collection });
      const objects = listObjects(organization, collection, options.listLag ?? 0);
      return scope ? objects.filter((object) => object.external === (scope === 'external')) : objects;
    },
    async settings() {
      await arrive('settings');
      return organization.settings;
    },
    products: (filter = {}) => each('products', () => organization.products.filter(keepsProduct(filter))),
    invoices: () => each('invoices', () => organization.invoices),
    payables: (filter = {}) => each('payables', () => organization.payables.filter(keepsPayable(filter))),
    async lineItems(payableId) {
      await arrive('lineItems', { id: payableId });
      answerList(organization);
      return organization.lines.get(payableId) ?? [];
    },
    async connections() {
      await arrive('connections');
      return organization.connections;
    },
    async create(collection, fields) {
      const effect = await arrive('create', { collection, fields });
      return carryOut(organization, effect, refusalOfFields(organization, collection, fields, 'create'), () =>
        addObject(organization, collection, { ...fields, ...otherwise(effect) }),
      );
    },
    async update(collection, id, fields) {
      const effect = await arrive('update', { collection, id, fields });
      const refusal =
        refusalOfObject(organization, collection, id) ??
        refusalOfFields(organization, collection, fields, 'update');
      return carryOut(organization, effect, refusal, () => {
        const stored = changeObject(organization, collection, id, { ...fields, ...otherwise(effect) });
        return stored ?? { id, external: false, status: null, fields };
      });
    },
    async remove(collection, id) {
      const effect = await arrive('remove', { collection, id });
      const gone = !storedObjects(organization, collection).has(id);
      return carryOut(
        organization,
        effect,
        gone ? null : refusalOfObject(organization, collection, id),
        () => {
          removeObject(organization, collection, id);
          return null;
        },
      );
    },
    async writeSettings(ids) {
      const effect = await arrive('writeSettings', { fields: ids });
      return carryOut<LiveSettings>(organization, effect, refusalOfSettings(organization, ids), () => {
        organization.settings = { ...organization.settings, ...ids, ...otherwise(effect) };
        return organization.settings;
      });
    },
    async assignProduct(productId, ledgerAccountId) {
      const ids = { ledger_account_id: ledgerAccountId };
      const effect = await arrive('assignProduct', { id: productId, fields: ids });
      return carryOut(organization, effect, refusalOfProduct(organization, productId), () =>
        pointProduct(organization, productId, { ...ids, ...otherwise(effect) }),
      );
    },
    async assignLineItem(payableId, lineItemId, ids) {
      const effect = await arrive('assignLineItem', { id: lineItemId, fields: { ...ids } });
      return carryOut(organization, effect, refusalOfLine(organization, payableId, lineItemId), () =>
        pointLine(organization, payableId, lineItemId, { ...ids, ...otherwise(effect) }),
      );
    },
    traffic() {
      const byOperation: Record<string, number> = {};
      for (const call of calls) byOperation[call.operation] = (byOperation[call.operation] ?? 0) + 1;
      return { requests: calls.length, byOperation, throttled: 0, retried: 0, limitPerSecond: 30 };
    },
    async wait() {},
    async close() {},
  };
}

function carryOut<T>(
  organization: MemoryOrganization,
  effect: Effect | null,
  refusal: ApiError | null,
  commit: () => T,
): Written<T> {
  if (effect?.type === 'refused') return { status: 'refused', error: apiError(effect, 422) };
  if (effect?.type === 'lost_before') return { status: 'lost', error: apiError(effect, null) };
  if (refusal) return { status: 'refused', error: refusal };
  if (effect?.type === 'late') {
    organization.late = [...organization.late, { lists: effect.lists, commit }];
    return { status: 'lost', error: apiError(effect, null) };
  }
  const stored = commit();
  if (effect?.type === 'lost_after') return { status: 'lost', error: apiError(effect, null) };
  return { status: 'stored', stored, requestId: null };
}

const otherwise = (effect: Effect | null): Fields =>
  effect && 'fields' in effect ? (effect.fields ?? {}) : {};
