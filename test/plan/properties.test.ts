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
import { isDrift } from '../../src/plan/three-way.ts';
import { desired, external, internal, kinds, line, live, payable, product } from './build.ts';
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

const globs = fc.array(fc.constantFrom('*', 'a*', 'A b', '*b', 'c'), { minLength: 1, maxLength: 2 });
const target = fc.constantFrom('k0', 'k1', 'external:bank', null);

type File = Parameters<typeof desired>[0];
type ProductItem = NonNullable<File['products']>[number];
type LineItem = NonNullable<File['lines']>[number];

const productItems: fc.Arbitrary<readonly ProductItem[]> = fc.array(
  fc.oneof<fc.Arbitrary<ProductItem>[]>(
    fc.record({
      when: fc.record(
        { name: globs, type: fc.constantFrom(['service'], ['product', 'service']) },
        { requiredKeys: [] },
      ),
      account: target,
      overwrite: fc.boolean(),
    }),
    seldom<ProductItem>(
      fc.record({
        by: fc.constantFrom('p0', 'p1', 'p2').map((text) => ({ by: 'id' as const, text })),
        account: target,
      }),
      { when: { name: ['none'] }, account: null },
    ),
  ),
  { maxLength: 4 },
);

const lineItems: fc.Arbitrary<readonly LineItem[]> = fc.array(
  fc.oneof<fc.Arbitrary<LineItem>[]>(
    fc.record({
      when: fc.record(
        {
          payable: fc.record(
            { status: fc.constantFrom(['paid'], ['draft', 'paid']), document_id: globs },
            { requiredKeys: [] },
          ),
          line_item: fc.record({ name: globs }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
      account: target,
      rate: fc.constantFrom('k0', 'k1', null),
      overwrite: fc.boolean(),
    }),
    seldom<LineItem>(
      fc.record({
        payable: fc.constantFrom('b0', 'b1').map((text) => ({ by: 'id' as const, text })),
        line: fc.constantFrom('l0', 'l1').map((text) => ({ by: 'id' as const, text })),
        rate: fc.constantFrom('k0', 'k1', null),
      }),
      { rate: null },
    ),
  ),
  { maxLength: 4 },
);

const file: fc.Arbitrary<Desired> = fc
  .record({
    products: productItems,
    lines: lineItems,
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
  .map(({ bank, payments, deductions, products, lines, ...rest }) => {
    const known = { ...rest.ledger_accounts, ...(bank ? { 'external:bank': bank } : {}) };
    const isKnown = (wanted: unknown, keys: object): boolean => typeof wanted !== 'string' || wanted in keys;
    return desired({
      ...rest,
      products: products.filter(({ account }) => isKnown(account, known)),
      lines: lines.filter(
        (item) =>
          isKnown('account' in item ? item.account : null, known) && isKnown(item.rate, rest.tax_rates),
      ),
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

const pointer = (codeField: string) =>
  fc.constantFrom(null, 'gone', ...[0, 1, 2].map((at) => `${codeField}-i${at}`));
const word = fc.constantFrom('a', 'a b', 'B', 'c', 'a b c');

const things = fc
  .record({
    products: fc.array(
      fc.record({
        name: word,
        type: fc.constantFrom('product', 'service'),
        ledger_account_id: pointer('nominal_code'),
      }),
      { maxLength: 4 },
    ),
    lines: fc.array(
      fc.record({
        name: fc.option(word),
        status: fc.constantFrom('draft', 'new', 'paid'),
        ledger_account_id: pointer('nominal_code'),
        accounting_tax_rate_id: pointer('code'),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ products, lines }) => ({
    products: products.map((each, at) => product(`p${at}`, each)),
    lines: lines.map(({ status, ...each }, at) =>
      line(payable(`b${at % 2}`, { status: at % 2 === 0 ? status : 'draft' }), `l${at}`, each),
    ),
  }));

const state: fc.Arbitrary<Live> = fc
  .record({
    things,
    ledger_accounts: objects('nominal_code'),
    tax_rates: objects('code'),
    payments: fc.constantFrom(null, 'nominal_code-i0', 'nominal_code-i1', 'gone'),
    deductions: fc.constantFrom(null, 'code-i0', 'gone'),
  })
  .map(({ payments, deductions, things: assignable, ...rest }) =>
    live(
      rest,
      {
        'settings.ledger_accounts.payments': payments,
        'settings.tax_rates.deductions': deductions,
      },
      assignable,
    ),
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
        if (id === null || action === 'set' || action === 'assign' || action === 'unassign') continue;
        assert.not(externalIds.has(id));
        assert.is(managed.get(id), action === 'delete' ? undefined : address);
      }
    }),
    runs,
  );
});

/** A file in which every key goes by its own code or name: no key can take what is another's. */
const plainFile = file
  .map(
    (wanted): Desired => ({
      ...wanted,
      entries: wanted.entries.map((entry) => ({ ...entry, id: null, was: null })),
    }),
  )
  .filter(({ entries }) =>
    entries.every(({ fields }) => 'name' in fields || 'code' in fields || 'nominal_code' in fields),
  );

test('where the base was applied and nobody has touched it, nothing is drift or conflict', () => {
  let changed = 0;
  fc.assert(
    fc.property(plainFile, plainFile, state, (base, wanted, now) => {
      const first = propose(base, now, kinds);
      if (!isUsable(first, now, base)) return;
      const applied = carryOut(first, now);
      const { changes, problems } = propose(wanted, applied, kinds, base);
      if (problems.length > 0) return;
      if (changes.some(({ reason }) => reason === 'config')) changed++;
      assert.equal(changes.filter(isDrift), []);
    }),
    runs,
  );
  assert.ok(changed > 100, `only ${changed} files changed anything`);
});

test('where the file is the base, everything that differs is drift, but for what rules fill and prune takes', () => {
  let drifted = 0;
  fc.assert(
    fc.property(plainFile, state, (base, now) => {
      const { changes, problems } = propose(base, now, kinds, base);
      if (problems.length > 0) return;
      if (changes.some(isDrift)) drifted++;
      assert.equal(
        changes.filter(({ reason }) => reason === 'config' || reason === 'conflict'),
        [],
      );
    }),
    runs,
  );
  assert.ok(drifted > 100, `only ${drifted} states had drifted`);
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
        if (kinds.collections.some((each) => each.name === kind)) continue;
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

const wires = new Map(kinds.collections.map(({ name: field, usedIn }) => [field, usedIn.line]));

/** A service that does exactly what it is asked, in order. */
function carryOut({ changes, references }: Proposal, now: Live): Live {
  const collections = new Map(
    [...now.collections].map(([name, { objects: all }]) => [
      name,
      new Map(all.map((each) => [each.id, each])),
    ]),
  );
  const settings: Record<Address, string | null> = { ...now.settings };
  const products = new Map((now.products ?? []).map((each) => [each.id, each]));
  const lines = new Map((now.lines ?? []).map((each) => [each.line.id, each]));
  const idOf = new Map<Address, string>(Object.entries(references).map(([address, { id }]) => [address, id]));
  for (const change of changes) {
    const kind = kinds.collections.find((each) => each.name === change.kind);
    const stored = kind && collections.get(kind.collection);
    if (stored && kind)
      store(stored, change, Object.fromEntries(Object.keys(kind.fields).map((field) => [field, null])), idOf);
    else {
      const pointers = Object.entries(change.after ?? {}).map(([field, wanted]) => {
        const id = wanted === null ? null : idOf.get(wanted);
        assert.ok(id !== undefined, `${change.address} needs ${wanted}, which is not there yet`);
        return [wires.get(field) ?? field, id] as const;
      });
      const own = change.id ?? '';
      const [productThere, lineThere] = [products.get(own), lines.get(own)];
      if (change.kind === 'product_assignment' && productThere)
        products.set(own, { ...productThere, ...Object.fromEntries(pointers) });
      else if (change.kind === 'line_item_assignment' && lineThere)
        lines.set(own, { ...lineThere, line: { ...lineThere.line, ...Object.fromEntries(pointers) } });
      else settings[change.address] = pointers[0]?.[1] ?? null;
    }
  }
  return {
    ...now,
    products: [...products.values()],
    lines: [...lines.values()],
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
  const read = [...(now.payables?.read ?? [])].reverse();
  return {
    ...now,
    collections: new Map(turned.reverse()),
    products: [...(now.products ?? [])].reverse(),
    payables: { read, others: [] },
    lines: [...(now.lines ?? [])].reverse(),
  };
}
