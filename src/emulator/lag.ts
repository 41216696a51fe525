import { collectionNames, createState, type State, type Write } from './state.ts';

/** What lists show: every write, but later. */
export interface LaggingState {
  /** The state for one list request of an organization. */
  read(organization: string): State;
  queue(write: Write): void;
}

interface Waiting {
  readonly write: Write;
  readonly since: number;
  reads: number;
}

/** Follows a state behind by `500ms` or `2reads`; what is there at the start is shown at once. */
export function followWithLag(state: State, lag: string, now: () => Date): LaggingState {
  const shown = createState();
  for (const write of writesOf(state)) shown.apply(write);
  const amount = Number.parseInt(lag, 10);
  const byReads = lag.endsWith('reads');
  let waiting: Waiting[] = [];
  return {
    read: (organization) => {
      const time = now().getTime();
      const due = (each: Waiting) => (byReads ? each.reads >= amount : time - each.since >= amount);
      for (const each of waiting) if (due(each)) shown.apply(each.write);
      waiting = waiting.filter((each) => !due(each));
      for (const each of waiting) if (each.write.organization === organization) each.reads += 1;
      return shown;
    },
    queue: (write) => waiting.push({ write, since: now().getTime(), reads: 0 }),
  };
}

/** The writes that lead from nothing to a state, in order of creation within each collection. */
export function* writesOf(state: State): Generator<Write> {
  for (const { id, name, settings, collections, lines } of state.organizations.values()) {
    yield { organization: id, collection: 'organization', id, seq: state.nextSeq - 1, value: { name } };
    yield { organization: id, collection: 'settings', id, seq: 0, value: settings };
    for (const collection of collectionNames) {
      for (const { seq, value } of collections[collection].entries()) {
        yield { organization: id, collection, id: value.id, seq, value };
      }
    }
    for (const [parent, { entries }] of lines) {
      for (const { seq, value } of entries()) {
        yield { organization: id, collection: 'line_items', parent, id: value.id, seq, value };
      }
    }
  }
}
