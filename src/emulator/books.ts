import type { JsonObject, Stored } from './json.ts';
import type { CollectionName } from './state.ts';
import type { Store } from './store.ts';

/** An organization's data, read and changed behind the API's back: no check, no switch, no request. */
export interface Books {
  all(collection: CollectionName): readonly Stored[];
  /** Creates an object, or with a known id changes the members given. */
  put(collection: CollectionName, members: JsonObject): Stored;
  remove(collection: CollectionName, id: string): void;
  lines(payableId: string): readonly Stored[];
  putLine(payableId: string, members: JsonObject): Stored;
  removeLine(payableId: string, id: string): void;
  settings(): JsonObject;
  replaceSettings(settings: JsonObject): void;
}

/** The books of one organization; what is due is carried out before anybody looks. */
export function booksOf(organization: string, store: Store, now: () => Date, carryOutDue: () => void): Books {
  const current = () => {
    carryOutDue();
    return store.organization(organization);
  };
  const complete = (
    collection: string,
    members: JsonObject,
    before: { seq: number; value: Stored } | undefined,
  ) => {
    const { seq, id } = before
      ? { seq: before.seq, id: before.value.id }
      : store.fresh(organization, collection);
    const time = now().toISOString();
    const value: Stored = { created_at: time, ...before?.value, updated_at: time, id, ...members };
    return { seq, value };
  };
  return {
    all: (collection) =>
      current()
        .collections[collection].sorted('created_at')
        .map(({ value }) => value),
    put: (collection, members) => {
      const { seq, value } = complete(
        collection,
        members,
        current().collections[collection].get(idIn(members)),
      );
      store.commit([{ organization, collection, id: value.id, seq, value }]);
      return value;
    },
    remove: (collection, id) => store.commit([{ organization, collection, id, seq: 0, value: null }]),
    lines: (payableId) =>
      [...(current().lines.get(payableId)?.sorted('created_at') ?? [])].map(({ value }) => value),
    putLine: (parent, members) => {
      const before = current().lines.get(parent)?.get(idIn(members));
      const { seq, value } = complete('line_items', { payable_id: parent, ...members }, before);
      store.commit([{ organization, collection: 'line_items', parent, id: value.id, seq, value }]);
      return value;
    },
    removeLine: (parent, id) => {
      store.commit([{ organization, collection: 'line_items', parent, id, seq: 0, value: null }]);
    },
    settings: () => current().settings,
    replaceSettings: (settings) => {
      store.commit([{ organization, collection: 'settings', id: organization, seq: 0, value: settings }]);
    },
  };
}

const idIn = (members: JsonObject): string => (typeof members.id === 'string' ? members.id : '');
