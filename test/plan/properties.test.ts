import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Desired, Identity } from '../../src/model/desired.ts';
import type { Live, LiveObject } from '../../src/model/live.ts';
import type { Change } from '../../src/model/plan.ts';
import type { Address, Fields } from '../../src/model/value.ts';
import { guard } from '../../src/plan/guard.ts';
import { type Proposal, propose } from '../../src/plan/propose.ts';
import { seal } from '../../src/plan/seal.ts';
import { desired, external, internal, kinds, live } from './build.ts';
import { by } from './sealed.ts';

const test = suite('plan: properties');

const code = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', 'a', 'A', ' 2 ', 'e\u0301', 'é');
const name = fc.constantFrom('u', 'v', 'w', 'x', 'y', 'Z', ' x', 'y\n');
const description = fc.constantFrom(null, '', 'd', ' d', 'a\r\nb', 'a\nb');
const rate = fc.constantFrom('0%', '7.5%', '7.50%', '20%');
const ids = ['i0', 'i1', 'i2', 'i3', 'i4', 'i5'];

/** What is there only now and then: most files must fit most states, or nothing would be carried out. */
const seldom = <T>(value: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const stated = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const objects = (codeField: string) =>
  fc
    .array(
      fc.record({
        pulled: seldom(fc.constant(true), false),
        code: fc.option(code),
        name: fc.option(name),
        description,
        rate,
      }),
      {
        maxLength: 6,
      },
    )
    .map((all) =>
      all.map(({ pulled, code: text, rate: percent, ...fields }, at): LiveObject => {
        const more = codeField === 'code' ? { effective_tax_rate: percent } : {};
        return (pulled ? external : internal)(`${codeField}-${ids[at]}`, {
          ...fields,
          ...more,
          [codeField]: text,
        });
      }),
    );

const former: fc.Arbitrary<Exclude<Identity, { id: string }>> = fc.oneof(
  code.map((text) => ({ code: text })),
  name.map((text) => ({ name: text })),
);
const idIn = (codeField: string) => fc.constantFrom(...ids).map((id) => `${codeField}-${id}`);
const identity = (codeField: string): fc.Arbitrary<Identity> =>
  fc.oneof(
    former,
    idIn(codeField).map((id) => ({ id })),
  );

/** Entries with an identity and, as the loader sees to, no code, no codeless name and no id twice. */
const entries = (codeField: string) =>
  fc
    .array(
      fc.record({
        code: optional(code.map((text) => text.trim().normalize('NFC'))),
        name: optional(name.map((text) => text.trim())),
        description: optional(fc.constantFrom(null, 'd', 'a\nb')),
        id: seldom(idIn(codeField), undefined),
        was: optional(former),
      }),
      { maxLength: 5 },
    )
    .map((all) => {
      const seen = new Set<string>();
      const kept = all.filter((each) => {
        const own = [
          each.code ? `code ${each.code.toLowerCase()}` : each.name && `name ${each.name}`,
          each.id,
        ];
        const marks = own.filter((mark) => mark !== undefined);
        const free = marks.length > 0 && !marks.some((mark) => seen.has(mark));
        for (const mark of marks) seen.add(mark);
        return free;
      });
      return Object.fromEntries(
        kept.map(({ code: text, ...entry }, at) => [`k${at}`, stated({ [codeField]: text, ...entry })]),
      );
    });

const file: fc.Arbitrary<Desired> = fc
  .record({
    ledger_accounts: entries('nominal_code'),
    tax_rates: entries('code'),
    removed: fc.record({
      ledger_accounts: seldom(fc.array(identity('nominal_code'), { maxLength: 2 }), []),
      tax_rates: seldom(fc.array(identity('code'), { maxLength: 2 }), []),
    }),
    bank: seldom<Identity | undefined>(identity('nominal_code'), undefined),
    payments: fc.oneof(
      fc.constantFrom('k0', 'k1', 'external:bank', null),
      seldom<Identity | null>(identity('nominal_code'), null),
    ),
    deductions: fc.oneof(fc.constantFrom('k0', null), seldom<Identity | null>(identity('code'), null)),
    policy: fc.record({ prune: fc.constantFrom('never' as const, 'removed' as const, 'all' as const) }),
  })
  .map(({ bank, payments, deductions, ...rest }) => {
    const known = { ...rest.ledger_accounts, ...(bank ? { 'external:bank': bank } : {}) };
    return desired({
      ...rest,
      external: bank ? { ledger_accounts: { bank } } : {},
      settings: {
        ...(typeof payments === 'string' && !(payments in known)
          ? {}
          : { 'ledger_accounts.payments': payments }),
        ...(typeof deductions === 'string' && !(deductions in rest.tax_rates)
          ? {}
          : { 'tax_rates.deductions': deductions }),
      },
    });
  });

const state: fc.Arbitrary<Live> = fc
  .record({
    ledger_accounts: objects('nominal_code'),
    tax_rates: objects('code'),
    payments: fc.constantFrom(null, 'nominal_code-i0', 'nominal_code-i1', 'gone'),
    deductions: fc.constantFrom(null, 'code-i0', 'gone'),
  })
  .map(({ payments, deductions, ...rest }) =>
    live(rest, {
      'settings.ledger_accounts.payments': payments,
      'settings.tax_rates.deductions': deductions,
    }),
  );

const runs = { numRuns: 2000 };

test('what is carried out is done: the second proposal is empty', () => {
  let carried = 0;
  fc.assert(
    fc.property(file, state, (wanted, now) => {
      const first = propose(wanted, now, kinds);
      if (!isUsable(first, now, wanted)) return;
      if (first.changes.length > 0) carried++;
      const second = propose(wanted, carryOut(first, now), kinds);
      assert.equal(second.problems, []);
      assert.equal(second.changes, []);
      const kept = [...first.managed].every(([id, address]) => second.managed.get(id) === address);
      assert.ok(kept, 'the second run finds the same objects');
    }),
    runs,
  );
  assert.ok(carried > 300, `only ${carried} proposals could be carried out`);
});

test('a file that says what is live changes nothing', () => {
  fc.assert(
    fc.property(state, (now) => {
      const entriesOf = (collection: string) =>
        Object.fromEntries(
          (now.collections.get(collection)?.objects ?? [])
            .filter((object) => !object.external)
            .map(({ id, fields }) => [id, { ...fields, id }]),
        );
      const same = desired({
        ledger_accounts: entriesOf('ledger_accounts'),
        tax_rates: entriesOf('tax_rates'),
        policy: { prune: 'all' },
      });
      const { changes, problems, unmanaged } = propose(same, now, kinds);
      assert.equal([changes, problems, unmanaged], [[], [], []]);
    }),
    runs,
  );
});

test('the order in which objects were read makes no difference', () => {
  fc.assert(
    fc.property(file, state, (wanted, now) => {
      const first = propose(wanted, now, kinds);
      const again = propose(wanted, backwards(now), kinds);
      assert.equal(again, first);
      const { created_at: _, observed: __, digest: ___, ...plan } = seal(first, by);
      assert.equal(
        { ...seal(again, { ...by, at: new Date(1e12), requests: 99 }), ...plan },
        seal(again, { ...by, at: new Date(1e12), requests: 99 }),
      );
    }),
    runs,
  );
});

test('nothing is done before what it depends on, and deletes are last but for codes that they free', () => {
  fc.assert(
    fc.property(file, state, (wanted, now) => {
      const { changes } = propose(wanted, now, kinds);
      const place = new Map(changes.map(({ address }, at) => [address, at]));
      assert.is(place.size, changes.length);
      changes.forEach(({ depends_on }, at) => {
        for (const first of depends_on) assert.ok((place.get(first) ?? changes.length) < at);
      });
      const firstDelete = changes.findIndex(({ action }) => action === 'delete');
      const awaited = new Set(changes.flatMap(({ depends_on }) => depends_on));
      if (
        firstDelete >= 0 &&
        !changes.some(({ action, address }) => action === 'delete' && awaited.has(address))
      )
        assert.ok(changes.slice(firstDelete).every(({ action }) => action === 'delete'));
    }),
    runs,
  );
});

test('no external object and no object of another key is ever changed', () => {
  fc.assert(
    fc.property(file, state, (wanted, now) => {
      const { changes, managed, problems } = propose(wanted, now, kinds);
      if (problems.length > 0) return;
      const externalIds = new Set(
        [...now.collections.values()].flatMap(({ objects: all }) =>
          all.filter((each) => each.external).map(({ id }) => id),
        ),
      );
      for (const { action, id, address } of changes) {
        if (id === null || action === 'set') continue;
        assert.not(externalIds.has(id));
        assert.is(managed.get(id), action === 'delete' ? undefined : address);
      }
    }),
    runs,
  );
});

test('every address that a change mentions is live, or created by this plan', () => {
  fc.assert(
    fc.property(file, state, (wanted, now) => {
      const { changes, references, problems } = propose(wanted, now, kinds);
      if (problems.length > 0) return;
      const created = new Set(
        changes.filter(({ action }) => action === 'create').map(({ address }) => address),
      );
      for (const { kind, before, after } of changes) {
        if (kind !== 'setting') continue;
        for (const address of [...Object.values(before ?? {}), ...Object.values(after ?? {})])
          if (address !== null) assert.is(address in references, !created.has(address), address);
      }
    }),
    runs,
  );
});

test.run();

function isUsable(proposal: Proposal, now: Live, wanted: Desired): boolean {
  const allowed = { in_use: [], deletes: 1000, overwrites: null, dirty: false };
  const refusals = guard({
    proposal,
    uses: [],
    live: now,
    kinds,
    allowed,
    desired: wanted,
    production: null,
  });
  return proposal.problems.length === 0 && refusals.every(({ code: refused }) => refused !== 'IN_USE');
}

/** A service that does exactly what it is asked, in order. */
function carryOut({ changes, references }: Proposal, now: Live): Live {
  const collections = new Map(
    [...now.collections].map(([name, { objects: all }]) => [
      name,
      new Map(all.map((each) => [each.id, each])),
    ]),
  );
  const settings: Record<Address, string | null> = { ...now.settings };
  const idOf = new Map<Address, string>(Object.entries(references).map(([address, { id }]) => [address, id]));
  for (const change of changes) {
    const kind = kinds.collections.find((each) => each.name === change.kind);
    const stored = kind && collections.get(kind.collection);
    if (stored && kind)
      store(stored, change, Object.fromEntries(Object.keys(kind.fields).map((field) => [field, null])), idOf);
    else {
      const [target = null] = Object.values(change.after ?? {});
      const id = target === null ? null : idOf.get(target);
      assert.ok(id !== undefined, `${change.address} needs ${target}, which is not there yet`);
      settings[change.address] = id;
    }
  }
  return {
    collections: new Map(
      [...collections].map(([name, all]) => [name, { scope: 'all', objects: [...all.values()] }]),
    ),
    settings,
  };
}

function store(
  stored: Map<string, LiveObject>,
  change: Change,
  empty: Fields,
  idOf: Map<Address, string>,
): void {
  const { action, address, after } = change;
  const id = change.id ?? `new ${address}`;
  if (action === 'delete') stored.delete(id);
  else {
    const object = stored.get(id) ?? internal(id, empty);
    stored.set(id, { ...object, fields: { ...object.fields, ...after } });
    idOf.set(address, id);
  }
}

function backwards(now: Live): Live {
  const turned = [...now.collections].map(
    ([name, { scope, objects: all }]) => [name, { scope, objects: [...all].reverse() }] as const,
  );
  return { ...now, collections: new Map(turned.reverse()) };
}
