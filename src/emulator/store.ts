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
  /** The same data with lists that show each write of now on only so much later: see the switch list_lag. */
  behind(lag: string): Store;
}

interface StoreOptions {
  readonly state: State;
  readonly storage: Storage | null;
  readonly lag: string;
  readonly now: () => Date;
}

/** A store over what was loaded. */
export function createStore({ state, storage, lag, now }: StoreOptions): Store {
  const followers: LaggingState[] = [];
  let taken = state.nextSeq;
  const follow = (behind: string): LaggingState => {
    const follower = followWithLag(state, behind, now);
    followers.push(follower);
    return follower;
  };
  const lagging = lag === 'none' ? null : follow(lag);
  const organizationIn = (shown: State, id: string): Organization =>
    shown.organizations.get(id) ?? emptyOrganization(id);
  const store: Store = {
    state,
    organization: (id) => organizationIn(state, id),
    listed: (id) => organizationIn(lagging ? lagging.read(id) : state, id),
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
        for (const follower of followers) follower.queue(write);
      }
    },
    behind: (longer) => {
      const follower = follow(longer);
      return { ...store, listed: (id) => organizationIn(follower.read(id), id) };
    },
  };
  return store;
}

/** A UUID that depends on nothing but the text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
