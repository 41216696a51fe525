import type { Fields } from '../../model/value.ts';

/** The calls that a provider can make of an organization. */
export type Operation =
  | 'list'
  | 'settings'
  | 'products'
  | 'invoices'
  | 'payables'
  | 'lineItems'
  | 'connections'
  | 'create'
  | 'update'
  | 'remove'
  | 'writeSettings'
  | 'assignProduct'
  | 'assignLineItem';

/** What goes wrong with one call. */
export type Effect =
  /** A write is refused; `status` null says that no connection was made. */
  | { readonly type: 'refused'; readonly status?: number | null; readonly endsRun?: boolean }
  /** The answer is lost and nothing was stored. */
  | { readonly type: 'lost_before'; readonly endsRun?: boolean }
  /** The answer is lost after everything was stored, some values otherwise than they were sent. */
  | { readonly type: 'lost_after'; readonly endsRun?: boolean; readonly fields?: Fields }
  /** The answer is lost, and everything is stored when so many more lists were answered. */
  | { readonly type: 'late'; readonly lists: number }
  /** Some values are stored otherwise than they were sent. */
  | { readonly type: 'stored'; readonly fields: Fields }
  /** A read fails. */
  | { readonly type: 'fails'; readonly endsRun?: boolean };

/** One call that goes wrong: the call number `index`, from 0, of those that `on` names. */
export interface MemoryFault {
  readonly on: Operation | 'write' | 'read';
  readonly index: number;
  readonly effect: Effect;
}

/** One call that was made, as the log of a provider keeps it. */
export interface MemoryCall {
  readonly operation: Operation;
  readonly write: boolean;
  readonly collection: string | null;
  readonly id: string | null;
  /** What was sent; null for a read or a delete. */
  readonly fields: Fields | null;
}

const writes: ReadonlySet<Operation> = new Set([
  'create',
  'update',
  'remove',
  'writeSettings',
  'assignProduct',
  'assignLineItem',
]);

/** Whether an operation changes anything. */
export const isWrite = (operation: Operation): boolean => writes.has(operation);

/** Finds the fault of each call as the calls come. */
export function faultFinder(faults: readonly MemoryFault[]): (operation: Operation) => Effect | null {
  const counts = new Map<string, number>();
  return (operation) => {
    let effect: Effect | null = null;
    for (const name of [operation, isWrite(operation) ? 'write' : 'read']) {
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      effect ??= faults.find((fault) => fault.on === name && fault.index === index)?.effect ?? null;
    }
    return effect;
  };
}
