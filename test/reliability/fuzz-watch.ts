import * as assert from 'uvu/assert';
import type { CollectionKind } from '../../src/model/kind.ts';
import type { LiveObject } from '../../src/model/live.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import type { Fields, Value } from '../../src/model/value.ts';
import { comparable, sameValue } from '../../src/plan/canonical.ts';
import type { MemoryCall } from '../../src/providers/memory/fault.ts';
import { type Stored, storedObjects } from '../../src/providers/memory/organization.ts';
import type { Sight } from '../../src/providers/memory/wire.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

/*
 * Stands beside one apply and looks at every write that the service carries out for it, at once or late. A write is right
 * when the approved plan has it, and when the last look before the first write showed what the plan calls `before`. So
 * what somebody else stored is never overwritten, but for one window that no client of this API can close: from that look
 * until the write arrives (of settings that the plan does not change: from the read that each write of settings begins
 * with). A create is sent only when the newest list that this run has read does not show what it is to make.
 */

/** What was seen of one apply. */
export interface Watched {
  /** Writes that the service carried out so far. */
  readonly committed: readonly MemoryCall[];
  readonly see: (sight: Sight) => void;
  /** To be told of each call when it is sent. */
  readonly send: (call: MemoryCall) => void;
  /** The first thing that was not right; null when all was. */
  readonly wrong: () => unknown;
}

/** Watches the apply of one plan. */
export function watch(plan: Plan): Watched {
  const committed: MemoryCall[] = [];
  const looks: Readonly<Stored>[] = [];
  const latest = new Map<string, Readonly<Stored>>();
  const newest = new Map<string, readonly LiveObject[]>();
  const first = new Map<string, readonly LiveObject[]>();
  const tried: MemoryCall[] = [];
  let writing = false;
  let wrong: unknown = null;
  const held = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      wrong ??= error;
    }
  };
  return {
    committed,
    wrong: () => wrong,
    see(sight) {
      if (sight.type === 'committed') {
        committed.push(sight.call);
        held(() => assertApproved(sight, plan, looks));
        if (sight.call.operation === 'remove') held(() => assertUnused(sight.call, plan, latest));
        return;
      }
      if (!writing) {
        looks.push(sight.stored);
        latest.set(`${sight.call.operation} ${sight.call.id ?? ''}`, sight.stored);
      }
      const { collection } = sight.call;
      if (!collection) return;
      const objects = [...storedObjects(sight.stored, collection).values()];
      newest.set(collection, objects);
      if (!writing) first.set(collection, objects);
    },
    send(call) {
      if (call.write) writing = true;
      if (call.operation !== 'create') return;
      // Before it is sent again, it is looked for; before it is sent at all, the whole plan was compared.
      const shown = tried.some((each) => isSame(each, call)) ? newest : first;
      tried.push(call);
      const old = shown === first ? new Set<string>() : idsIn(first.get(call.collection ?? ''));
      held(() => assertNotThere(call, plan, without(shown, old), committed));
    },
  };
}

type Committed = Extract<Sight, { type: 'committed' }>;

function assertApproved({ before, call }: Committed, plan: Plan, looks: readonly Readonly<Stored>[]): void {
  const words = `${call.operation} ${call.id ?? ''} ${JSON.stringify(call.fields)}`;
  if (call.operation === 'writeSettings') {
    for (const [address, id] of Object.entries(call.fields ?? {})) {
      const change = plan.changes.find((each) => each.address === address);
      const slot = kinds.settings.find((each) => each.address === address);
      assert.ok(change && slot && means(change.after?.[slot.field] ?? null, id, plan, before), words);
      const was = (stored: Readonly<Stored>) =>
        means(change.before?.[slot.field] ?? null, stored.settings[address] ?? null, plan, stored);
      assert.ok(looks.some(was), `${words}: not what the plan was to replace`);
    }
    return;
  }
  const kind = kinds.collections.find(({ collection }) => collection === call.collection);
  if (!kind) {
    assertAssigned(call, before, plan, looks);
    return;
  }
  if (call.operation === 'create') {
    const own = plan.changes.filter((each) => each.action === 'create' && each.kind === kind.name);
    const sent = JSON.stringify(sorted(call.fields));
    assert.ok(
      own.some((each) => JSON.stringify(sorted(withoutNulls(each.after))) === sent),
      words,
    );
    return;
  }
  const action = call.operation === 'remove' ? 'delete' : 'update';
  const change = plan.changes.find((each) => each.id === call.id && each.action === action);
  assert.ok(change, `nobody approved ${words}`);
  for (const [name, value] of Object.entries(call.fields ?? {}))
    assert.is(change.after?.[name] ?? null, value, `${words}: ${name}`);
  const was = (stored: Readonly<Stored>): boolean => {
    const object = storedObjects(stored, kind.collection).get(call.id ?? '');
    return object !== undefined && !object.external && hasAll(kind, object, change.before ?? {});
  };
  assert.ok(looks.some(was), `${words}: not what the plan was to ${action}`);
}

function assertAssigned(
  call: MemoryCall,
  before: Readonly<Stored>,
  plan: Plan,
  looks: readonly Readonly<Stored>[],
): void {
  const words = `${call.operation} ${call.id ?? ''} ${JSON.stringify(call.fields)}`;
  const change = plan.changes.find(({ id, kind }) => id === call.id && kind.endsWith('_assignment'));
  assert.ok(change, `nobody approved ${words}`);
  for (const [wire, id] of Object.entries(call.fields ?? {})) {
    const field = wire === 'ledger_account_id' ? 'ledger_account' : 'tax_rate';
    assert.ok(means(change.after?.[field] ?? null, id, plan, before), `${words}: ${field}`);
    const was = (stored: Readonly<Stored>): boolean =>
      pointed(stored, call, wire).some((now) => means(change.before?.[field] ?? null, now, plan, stored));
    assert.ok(looks.some(was), `${words}: not what the plan was to replace`);
  }
}

/** What is deleted was used by nothing, when it was last looked for, but by what the plan changes. */
function assertUnused(
  { collection, id }: MemoryCall,
  plan: Plan,
  latest: ReadonlyMap<string, Readonly<Stored>>,
): void {
  const changed = new Set(plan.changes.flatMap((change) => [change.id, change.address]));
  const lines = [...latest].flatMap(([what, stored]) =>
    what.startsWith('lineItems ') ? (stored.lines.get(what.slice('lineItems '.length)) ?? []) : [],
  );
  const { products = [] } = latest.get('products ') ?? {};
  const field = collection === 'tax_rates' ? 'accounting_tax_rate_id' : 'ledger_account_id';
  const users = [...products, ...lines]
    .filter((user) => Object(user)[field] === id && !changed.has(user.id))
    .map((user) => user.id);
  const settings = Object.entries(latest.get('settings ')?.settings ?? {})
    .filter(([address, target]) => target === id && !changed.has(address) && isOf(address, collection))
    .map(([address]) => address);
  assert.equal([...users, ...settings], [], `${id} is deleted although it is used`);
}

const isOf = (setting: string, collection: string | null): boolean =>
  kinds.settings.some((slot) => slot.address === setting && slot.collection === collection);

/** What the field of a product or a line points to; nothing where it is gone. */
function pointed(
  { lines, products }: Readonly<Stored>,
  { id, operation }: MemoryCall,
  wire: string,
): readonly Value[] {
  const things: readonly object[] = operation === 'assignProduct' ? products : [...lines.values()].flat();
  return things.flatMap((thing) => {
    const { id: own, [wire]: now = null } = Object(thing);
    return own === id ? [now] : [];
  });
}

/** Whether an id is what an address means: that of the plan, or of an object that the plan creates. */
function means(address: Value, id: Value, plan: Plan, stored: Readonly<Stored>): boolean {
  if (address === null || id === null) return address === id;
  const known = plan.observed.references[address];
  if (known) return known.id === id;
  const change = plan.changes.find((each) => each.address === address && each.action === 'create');
  const kind = kinds.collections.find(({ name }) => name === change?.kind);
  if (!change || !kind) return address === id;
  const object = storedObjects(stored, kind.collection).get(id);
  // Somebody may have deleted it meanwhile.
  return (
    !object || identityIn(kind, object.fields, change.after ?? {}) !== null || object.fields.name === 'ODD'
  );
}

const idsIn = (objects: readonly LiveObject[] = []): ReadonlySet<string> =>
  new Set(objects.map(({ id }) => id));

/** What was there before the first write is not what a lost create made, whatever somebody has renamed it to. */
const without = (
  shown: ReadonlyMap<string, readonly LiveObject[]>,
  old: ReadonlySet<string>,
): ReadonlyMap<string, readonly LiveObject[]> =>
  new Map([...shown].map(([name, objects]) => [name, objects.filter(({ id }) => !old.has(id))]));

function assertNotThere(
  call: MemoryCall,
  plan: Plan,
  newest: ReadonlyMap<string, readonly LiveObject[]>,
  committed: readonly MemoryCall[],
): void {
  const kind = kinds.collections.find(({ collection }) => collection === call.collection);
  const shown = newest.get(call.collection ?? '');
  assert.ok(kind && shown, 'a create is sent before any list was read');
  // What the plan changes or deletes may still hold the code; what it made for another key may have the name.
  const others = new Set(plan.changes.map(({ id }) => id));
  const made = committed.filter((each) => each.operation === 'create' && !isSame(each, call));
  const there = shown.filter(
    (object) =>
      !object.external &&
      !others.has(object.id) &&
      identityIn(kind, object.fields, call.fields ?? {}) !== null &&
      !made.some(({ fields }) => hasAll(kind, object, fields ?? {})),
  );
  assert.equal(there, [], `${JSON.stringify(call.fields)} is created although a list shows it`);
}

const isSame = (a: MemoryCall, b: MemoryCall): boolean =>
  JSON.stringify(sorted(a.fields)) === JSON.stringify(sorted(b.fields));

/** The identity that an object shares with the fields of a create: the code, or the name where there is no code. */
export function identityIn(kind: CollectionKind, stored: Fields, wanted: Fields): Value {
  for (const name of [kind.identity, 'name']) {
    const field = kind.fields[name];
    const own = field ? comparable(field, wanted[name] ?? null) : null;
    if (field && own !== null) return comparable(field, stored[name] ?? null) === own ? own : null;
  }
  return null;
}

const hasAll = (kind: CollectionKind, { fields }: LiveObject, wanted: Fields): boolean =>
  Object.entries(wanted).every(([name, value]) => {
    const field = kind.fields[name];
    return field === undefined || sameValue(field, value, fields[name] ?? null);
  });

const withoutNulls = (fields: Change['after']): Fields =>
  Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== null));

const sorted = (fields: Fields | null): readonly unknown[] =>
  Object.entries(fields ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
