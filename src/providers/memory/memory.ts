import type { Account } from '../../model/account.ts';
import { keepsPayable, keepsProduct } from '../../model/list-filter.ts';
import type { Provider } from '../contract.ts';
import type { MemoryCall, MemoryFault, Operation } from './fault.ts';
import {
  addObject,
  changeObject,
  kindOf,
  type MemoryOrganization,
  removeObject,
  type Stored,
  seenBy,
  storedObjects,
} from './organization.ts';
import { pointLine, pointProduct } from './pointers.ts';
import {
  refusalOfFields,
  refusalOfLine,
  refusalOfObject,
  refusalOfProduct,
  refusalOfSettings,
} from './refusal.ts';
import { type WireOptions, wireTo } from './wire.ts';

/** How a provider in memory is set up. */
export interface MemoryOptions extends WireOptions {
  readonly account?: Account;
}

/** A provider in memory, the calls that it was asked for, and the faults that made a difference. */
export interface MemoryProvider extends Provider {
  readonly organization: MemoryOrganization;
  readonly calls: readonly MemoryCall[];
  readonly struck: ReadonlySet<MemoryFault>;
}

const localAccount: Account = {
  organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' },
  environment: 'local',
  apiUrl: 'local',
};

/** The contract of providers without a network: one organization in memory, with faults where they are asked for. */
export function memoryProvider(options: MemoryOptions): MemoryProvider {
  const { organization } = options;
  const wire = wireTo(options);
  const { read, write } = wire;
  async function* each<T>(
    operation: Operation,
    take: (stored: Readonly<Stored>) => readonly T[],
  ): AsyncIterable<T> {
    yield* await read(operation, take);
  }

  return {
    organization,
    calls: wire.calls,
    struck: wire.struck,
    account: options.account ?? localAccount,
    kinds: organization.kinds,
    async list(collection, scope) {
      kindOf(organization, collection);
      const take = (stored: Readonly<Stored>) => [...storedObjects(stored, collection).values()];
      const objects = await read('list', take, { collection });
      return scope ? objects.filter((object) => object.external === (scope === 'external')) : objects;
    },
    settings: () => read('settings', ({ settings }) => settings),
    products: (filter = {}) => each('products', ({ products }) => products.filter(keepsProduct(filter))),
    invoices: () => each('invoices', ({ invoices }) => invoices),
    payables: (filter = {}) => each('payables', ({ payables }) => payables.filter(keepsPayable(filter))),
    lineItems: (payableId) => read('lineItems', ({ lines }) => lines.get(payableId) ?? [], { id: payableId }),
    connections: () => read('connections', ({ connections }) => connections),
    create: (collection, fields) =>
      write(
        'create',
        { collection, fields },
        {
          refusal: (to) => refusalOfFields(to, collection, fields, 'create'),
          commit: (to, otherwise) => addObject(to, collection, { ...fields, ...otherwise }),
        },
      ),
    update: (collection, id, fields) =>
      write(
        'update',
        { collection, id, fields },
        {
          refusal: (to) =>
            refusalOfObject(to, collection, id) ?? refusalOfFields(to, collection, fields, 'update'),
          commit: (to, otherwise) => {
            const stored = changeObject(to, collection, id, { ...fields, ...otherwise });
            return stored ?? { id, external: false, status: null, fields };
          },
        },
      ),
    remove: (collection, id) =>
      write(
        'remove',
        { collection, id },
        {
          refusal: (to) =>
            storedObjects(to, collection).has(id) ? refusalOfObject(to, collection, id) : null,
          commit: (to) => {
            removeObject(to, collection, id);
            return null;
          },
        },
      ),
    writeSettings(ids) {
      // The complete object is sent: what was read before, and not what is stored when the write arrives.
      const { shown } = seenBy(organization, 'settings ', options.lag ?? 0);
      return write(
        'writeSettings',
        { fields: ids },
        {
          refusal: (to) => refusalOfSettings(to, ids),
          commit: (to, otherwise) => {
            to.settings = { ...shown.settings, ...ids, ...otherwise };
            return to.settings;
          },
        },
      );
    },
    assignProduct(productId, ledgerAccountId) {
      const ids = { ledger_account_id: ledgerAccountId };
      return write(
        'assignProduct',
        { id: productId, fields: ids },
        {
          refusal: (to) => refusalOfProduct(to, productId),
          commit: (to, otherwise) => pointProduct(to, productId, { ...ids, ...otherwise }),
        },
      );
    },
    assignLineItem: (payableId, lineItemId, ids) =>
      write(
        'assignLineItem',
        { id: lineItemId, fields: { ...ids } },
        {
          refusal: (to) => refusalOfLine(to, payableId, lineItemId),
          commit: (to, otherwise) => pointLine(to, payableId, lineItemId, { ...ids, ...otherwise }),
        },
      ),
    traffic() {
      const byOperation: Record<string, number> = {};
      for (const call of wire.calls) byOperation[call.operation] = (byOperation[call.operation] ?? 0) + 1;
      return { requests: wire.calls.length, byOperation, throttled: 0, retried: 0, limitPerSecond: 30 };
    },
    async wait() {},
    async close() {},
  };
}
