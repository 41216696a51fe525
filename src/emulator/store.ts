import { createHash } from 'node:crypto';
import { followWithLag, type LaggingState } from './lag.ts';
import { emptyOrganization, type Organization, type State, type Write } from './state.ts';

/** Where committed writes are kept; each call is one transaction. */
export interface Storage {
  append(writes: readonly Write[]): void;
}

/** The one place that changes data. */
export interface Store {
  /** Organizations that hold anything. */
  readonly state: State;
  /** The organization, empty when nothing was ever written to it. */
  organization(id: string): Organization;
  /** The organization as lists show it now: behind by the switch list_lag. */
  listed(id: string): Organization;
  /** A seq and an id for something new. */
  fresh(organization: string, collection: string): { readonly seq: number; readonly id: string };
  /** All of the writes or, when they cannot be kept, none. */
  commit(writes: readonly Write[]): void;
}

interface StoreOptions {
  readonly state: State;
  readonly storage: Storage | null;
  readonly lag: string;
  readonly now: () => Date;
}

/** A store over what was loaded. */
export function createStore({ state, storage, lag, now }: StoreOptions): Store {
  const lagging: LaggingState | null = lag === 'none' ? null : followWithLag(state, lag, now);
  let taken = state.nextSeq;
  return {
    state,
    organization: (id) => state.organizations.get(id) ?? emptyOrganization(id),
    listed: (id) => (lagging ? lagging.read(id) : state).organizations.get(id) ?? emptyOrganization(id),
    fresh: (organization, collection) => {
      taken = Math.max(taken, state.nextSeq);
      const seq = taken;
      taken += 1;
      return { seq, id: uuidOf(`${organization}/${collection}/${seq}`) };
    },
    commit: (writes) => {
      if (writes.length === 0) return;
      storage?.append(writes);
      for (const write of writes) {
        state.apply(write);
        lagging?.queue(write);
      }
    },
  };
}

/** A UUID that depends on nothing but the text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
