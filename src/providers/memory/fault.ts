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
  /** The answer is lost, and everything is stored when so many more reads were answered. */
  | { readonly type: 'late'; readonly reads: number }
  /** Some values are stored otherwise than they were sent. */
  | { readonly type: 'stored'; readonly fields: Fields }
  /** A read fails. */
  | { readonly type: 'fails'; readonly endsRun?: boolean }
  /** A read shows what was there so many reads of the same ago, as a replica does that lags behind. */
  | { readonly type: 'lags'; readonly reads: number }
  /** The process dies before this call, and all that are under way, are carried out, or after it. */
  | { readonly type: 'dies'; readonly committed: boolean };

/** One call that goes wrong: the call number `index`, from 0, of those that `on` and `about` name. */
export interface MemoryFault {
  readonly on: Operation | 'write' | 'read';
  /** Counts only calls about this: the id of an object, a value that a create sends, or the address of a setting. */
  readonly about?: string;
  readonly index: number;
  /** Every later one goes wrong too, or every other one. */
  readonly again?: 'always' | 'alternately';
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

/** The process that made the calls is gone; what throws this was never answered. */
export class ProcessDied extends Error {}

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
export function faultFinder(faults: readonly MemoryFault[]): (call: MemoryCall) => MemoryFault | null {
  const counted = faults.map((fault) => ({ fault, count: 0 }));
  return (call) => {
    let found: MemoryFault | null = null;
    for (const each of counted) {
      const { about, on } = each.fault;
      if (on !== call.operation && on !== (call.write ? 'write' : 'read')) continue;
      if (about !== undefined && !isAbout(call, about)) continue;
      if (strikes(each.fault, each.count)) found ??= each.fault;
      each.count += 1;
    }
    return found;
  };
}

function strikes({ again, index }: MemoryFault, count: number): boolean {
  if (again === 'always') return count >= index;
  if (again === 'alternately') return count >= index && (count - index) % 2 === 0;
  return count === index;
}

function isAbout({ fields, id, operation }: MemoryCall, about: string): boolean {
  if (operation === 'writeSettings') return fields !== null && about in fields;
  return operation === 'create' ? Object.values(fields ?? {}).includes(about) : id === about;
}
