import { ReadFailed, type Written } from '../contract.ts';
import { carryOut, type Write } from './carry-out.ts';
import {
  type Effect,
  faultFinder,
  isWrite,
  type MemoryCall,
  type MemoryFault,
  type Operation,
  ProcessDied,
} from './fault.ts';
import { type MemoryOrganization, type Stored, seenBy, storedNow } from './organization.ts';
import { apiError } from './refusal.ts';

/** What lies between a provider in memory and its organization. */
export interface WireOptions {
  readonly organization: MemoryOrganization;
  readonly faults?: readonly MemoryFault[];
  /** So many reads of the same still show it as it was before a write. */
  readonly lag?: number;
  /** Called when a call arrives, before anything is done about it. */
  readonly onCall?: (call: MemoryCall) => void;
  /** Told what each read showed when its answer is there, and of each write what was stored before and after it. */
  readonly watch?: (seen: Sight) => void;
  /** How long a call is under way to the service and its answer on the way back; other calls overtake it meanwhile. */
  readonly turn?: (call: MemoryCall, way: 'there' | 'back') => Promise<void>;
}

/** What passes on the wire: the answer to a read, or a write that is carried out, at once or late. */
export type Sight =
  | { readonly type: 'shown'; readonly call: MemoryCall; readonly stored: Readonly<Stored> }
  | {
      readonly type: 'committed';
      readonly call: MemoryCall;
      readonly before: Readonly<Stored>;
      readonly after: Readonly<Stored>;
    };

/** Takes calls to an organization and brings back its answers, or what goes wrong with them. */
export interface Wire {
  readonly calls: readonly MemoryCall[];
  /** The faults that made a difference. */
  readonly struck: ReadonlySet<MemoryFault>;
  readonly read: <T>(
    operation: Operation,
    take: (stored: Readonly<Stored>) => T,
    about?: Partial<MemoryCall>,
  ) => Promise<T>;
  readonly write: <T>(
    operation: Operation,
    about: Partial<MemoryCall>,
    each: Write<T>,
  ) => Promise<Written<T>>;
}

/** The wire to one organization. */
export function wireTo(options: WireOptions): Wire {
  const { organization } = options;
  const calls: MemoryCall[] = [];
  const struck = new Set<MemoryFault>();
  const faultOf = faultFinder(options.faults ?? []);
  const turn = options.turn ?? (async () => {});
  let death: Extract<Effect, { type: 'dies' }> | null = null;

  const arrive = (operation: Operation, about: Partial<MemoryCall>) => {
    if (death) throw new ProcessDied();
    const call = { collection: null, id: null, fields: null, ...about, operation, write: isWrite(operation) };
    calls.push(call);
    options.onCall?.(call);
    const fault = faultOf(call);
    if (fault && fault.effect.type !== 'lags') struck.add(fault);
    if (fault?.effect.type === 'dies') death = fault.effect;
    return { call, fault, effect: fault?.effect ?? null };
  };
  const answer = async <T>(call: MemoryCall, value: T): Promise<T> => {
    await turn(call, 'back');
    if (death) throw new ProcessDied();
    return value;
  };
  const read: Wire['read'] = async <T>(
    operation: Operation,
    take: (stored: Readonly<Stored>) => T,
    about: Partial<MemoryCall> = {},
  ): Promise<T> => {
    const { call, effect, fault } = arrive(operation, about);
    await turn(call, 'there');
    if (effect && effect.type !== 'lags' && effect.type !== 'dies')
      return answer(call, null).then(() => {
        throw new ReadFailed(apiError(effect, 503));
      });
    const what = `${operation} ${call.collection ?? call.id ?? ''}`;
    const behind = Math.max(options.lag ?? 0, effect ? lagOf(effect) : 0);
    const { now, shown } = seenBy(organization, what, behind);
    if (fault && shown !== now && JSON.stringify(take(shown)) !== JSON.stringify(take(now)))
      struck.add(fault);
    const value = await answer(call, take(shown));
    options.watch?.({ type: 'shown', call, stored: shown });
    return value;
  };
  const write: Wire['write'] = async <T>(
    operation: Operation,
    about: Partial<MemoryCall>,
    each: Write<T>,
  ): Promise<Written<T>> => {
    const { call, effect } = arrive(operation, about);
    await turn(call, 'there');
    if (death && !death.committed) throw new ProcessDied();
    const commit: typeof each.commit = (to, otherwise) => {
      const before = storedNow(to);
      const stored = each.commit(to, otherwise);
      options.watch?.({ type: 'committed', call, before, after: storedNow(to) });
      return stored;
    };
    return answer(call, carryOut(organization, effect, { ...each, commit }));
  };

  return { calls, struck, read, write };
}

const lagOf = (effect: Effect): number => (effect.type === 'lags' ? effect.reads : 0);
