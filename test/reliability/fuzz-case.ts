import fc from 'fast-check';
import type { Fields } from '../../src/model/value.ts';
import type { Effect, MemoryFault } from '../../src/providers/memory/fault.ts';

/*
 * One case of the randomised search, as JSON that can be kept in `cases/` and replayed: a file, an organization, one or two
 * runs that are disturbed, and how it goes on. Codes and names come from few, so that they meet. What points to an object
 * is a number: 0 is nothing, 1 the first object that the organization holds, and a high one an object that is gone.
 */

type Collection = 'ledger_accounts' | 'tax_rates';

/** An entry of the file. `was` and `removed` mean codes. */
export interface CaseEntry {
  readonly code?: string;
  readonly name?: string;
  readonly description?: string | null;
  readonly rate?: string;
  readonly was?: string;
  readonly pin?: number;
}

/** An item of the file for one thing, by its place in the organization, or a rule for all of a kind. */
export interface CaseItem {
  readonly of: number | 'service' | 'product' | 'all';
  /** The place of the entry of the file to point to; null unassigns. */
  readonly account?: number | null;
  readonly rate?: number | null;
  readonly overwrite?: true;
}

export interface CaseFile {
  readonly accounts: readonly CaseEntry[];
  readonly rates: readonly CaseEntry[];
  readonly removed: readonly { readonly collection: Collection; readonly code: string }[];
  readonly external: boolean;
  readonly settings: readonly { readonly slot: number; readonly to: number | null }[];
  readonly products: readonly CaseItem[];
  readonly lines: readonly CaseItem[];
  readonly prune: 'never' | 'all';
}

export interface CaseLive {
  readonly accounts: readonly {
    readonly code: string | null;
    readonly name: string;
    readonly external?: true;
  }[];
  readonly rates: readonly { readonly code: string | null; readonly name: string; readonly rate: string }[];
  readonly products: readonly { readonly type: 'service' | 'product'; readonly account: number }[];
  readonly lines: readonly { readonly payable: 0 | 1; readonly account: number; readonly rate: number }[];
  readonly settings: readonly number[];
  readonly status: 'draft' | 'new' | 'paid';
  readonly movesOn: boolean;
}

/** What somebody else does to the organization. `nth` is a place among what is there then. */
export type Move =
  | {
      readonly type: 'create';
      readonly collection: Collection;
      readonly code: string | null;
      readonly name: string;
    }
  | {
      readonly type: 'change';
      readonly collection: Collection;
      readonly nth: number;
      readonly fields: Fields;
    }
  | { readonly type: 'delete'; readonly collection: Collection; readonly nth: number }
  | { readonly type: 'product'; readonly nth: number; readonly to: number }
  | { readonly type: 'line'; readonly nth: number; readonly field: 'account' | 'rate'; readonly to: number }
  | { readonly type: 'setting'; readonly slot: number; readonly to: number }
  | { readonly type: 'status'; readonly nth: number; readonly status: 'draft' | 'new' | 'paid' }
  | { readonly type: 'new product'; readonly account: number }
  | { readonly type: 'new line'; readonly account: number; readonly rate: number };

/** One run and what disturbs it. Calls are counted from the first read of its plan. */
export interface CaseRun {
  readonly from: 'configuration' | 'saved plan';
  readonly faults: readonly MemoryFault[];
  readonly lag: number;
  readonly moves: readonly { readonly at: number; readonly move: Move }[];
  /** How many turns calls and answers are under way, one after the other. */
  readonly turns: readonly number[];
  readonly concurrency: number;
  readonly stopAt: number | null;
}

export interface FuzzCase {
  readonly file: CaseFile;
  readonly live: CaseLive;
  readonly runs: readonly CaseRun[];
  /** What is still to be carried out after the disturbed runs is carried out, or never. */
  readonly lateLands: boolean;
  /** How the first run after them begins. */
  readonly afterwards: 'configuration' | 'saved plan';
  /** Which of two twins somebody deletes. */
  readonly deletes: 'first' | 'last';
}

const accountCode = fc.constantFrom('1', '2', '3', '4');
const rateCode = fc.constantFrom('A', 'a', 'B', 'C');
const name = fc.constantFrom('N1', 'N2', 'N3');
const collection = fc.constantFrom<Collection>('ledger_accounts', 'tax_rates');
const percent = fc.constantFrom('7.5%', '0%', '20%');
const pointer = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 99) },
  { weight: 3, arbitrary: fc.nat(9) },
);
const place = fc.nat(5);

/** Once in so many times, and otherwise left out. */
const seldom = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const entry = (code: fc.Arbitrary<string>): fc.Arbitrary<CaseEntry> =>
  fc
    .record(
      {
        code,
        name,
        description: fc.option(fc.constantFrom('some', 'other')),
        was: seldom(3, code),
        pin: seldom(12, fc.nat(3)),
      },
      { requiredKeys: [] },
    )
    .map(withoutGaps);
const rateEntry = fc
  .record({ entry: entry(rateCode), rate: fc.option(percent, { nil: undefined }) })
  .map((each): CaseEntry => withoutGaps({ ...each.entry, rate: each.rate }));

/** JSON has no undefined. */
function withoutGaps(fields: { readonly [name: string]: unknown }): CaseEntry {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const item = <T extends CaseItem['of']>(of: fc.Arbitrary<T>) =>
  fc
    .record(
      { of, account: fc.option(place), rate: fc.option(place), overwrite: fc.constant(true as const) },
      { requiredKeys: ['of', 'account'] },
    )
    .map((each): CaseItem => each);

const file: fc.Arbitrary<CaseFile> = fc.record({
  accounts: fc.array(entry(accountCode), { minLength: 1, maxLength: 5 }),
  rates: fc.array(rateEntry, { maxLength: 3 }),
  removed: fc.array(fc.record({ collection, code: fc.oneof(accountCode, rateCode) }), { maxLength: 2 }),
  external: fc.boolean(),
  settings: fc.array(fc.record({ slot: fc.nat(2), to: fc.option(place) }), { maxLength: 3 }),
  products: fc.array(item(fc.constantFrom(0, 1, 'service' as const, 'product' as const, 'all' as const)), {
    maxLength: 3,
  }),
  lines: fc.array(item(fc.constantFrom(0, 1, 2, 'all' as const)), { maxLength: 3 }),
  prune: fc.constantFrom('never', 'never', 'all'),
});

/** Codes are unique more often than not, because an organization where they are not allows little. */
const mostlyUnique = <T extends { readonly code: string | null }>(
  object: fc.Arbitrary<T>,
  maxLength: number,
): fc.Arbitrary<T[]> => {
  const own = ({ code }: T): unknown => code?.trim().toUpperCase() ?? {};
  return fc.oneof(
    { weight: 6, arbitrary: fc.uniqueArray(object, { maxLength, selector: own }) },
    { weight: 1, arbitrary: fc.array(object, { maxLength }) },
  );
};

const live: fc.Arbitrary<CaseLive> = fc.record({
  accounts: mostlyUnique(
    fc
      .record({
        code: fc.oneof(
          { weight: 4, arbitrary: accountCode },
          { weight: 1, arbitrary: fc.constantFrom(null, ' 2', '1-1', '9') },
        ),
        name,
        external: seldom(6, fc.constant(true as const)),
      })
      .map(({ external, ...each }) => (external ? { ...each, external } : each)),
    5,
  ),
  rates: mostlyUnique(fc.record({ code: fc.oneof(rateCode, fc.constant(null)), name, rate: percent }), 3),
  products: fc.array(
    fc.record({ type: fc.constantFrom('service' as const, 'product' as const), account: pointer }),
    { maxLength: 3 },
  ),
  lines: fc.array(
    fc.record({ payable: fc.constantFrom(0 as const, 1 as const), account: pointer, rate: pointer }),
    {
      maxLength: 4,
    },
  ),
  settings: fc.array(pointer, { maxLength: 3 }),
  status: fc.constantFrom('draft' as const, 'new' as const, 'paid' as const),
  movesOn: fc.boolean(),
});

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    type: fc.constant('create' as const),
    collection: fc.constant('ledger_accounts' as const),
    code: fc.option(accountCode),
    name,
  }),
  fc.record({
    type: fc.constant('create' as const),
    collection: fc.constant('tax_rates' as const),
    code: fc.option(rateCode),
    name,
  }),
  fc.record({
    type: fc.constant('change' as const),
    collection,
    nth: fc.nat(6),
    fields: fc.oneof(
      fc.record({ name }),
      fc.record({ description: fc.constantFrom('some', 'theirs', null) }),
    ),
  }),
  fc.record({ type: fc.constant('delete' as const), collection, nth: fc.nat(6) }),
  fc.record({ type: fc.constant('product' as const), nth: fc.nat(3), to: pointer }),
  fc.record({
    type: fc.constant('line' as const),
    nth: fc.nat(4),
    field: fc.constantFrom('account' as const, 'rate' as const),
    to: pointer,
  }),
  fc.record({ type: fc.constant('setting' as const), slot: fc.nat(2), to: pointer }),
  fc.record({
    type: fc.constant('status' as const),
    nth: fc.nat(1),
    status: fc.constantFrom('draft' as const, 'new' as const, 'paid' as const),
  }),
  fc.record({ type: fc.constant('new product' as const), account: pointer }),
  fc.record({ type: fc.constant('new line' as const), account: pointer, rate: pointer }),
);

const status = fc.constantFrom(400, 403, 404, 409, 422, null);
const writeEffect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ type: fc.constant('refused' as const), status }),
  fc.record({ type: fc.constant('refused' as const), status, endsRun: fc.constant(true) }),
  fc.record({ type: fc.constant('lost_before' as const), endsRun: fc.boolean() }),
  fc.record({ type: fc.constant('lost_after' as const), endsRun: fc.boolean() }),
  fc.record({ type: fc.constant('lost_before' as const) }),
  fc.record({ type: fc.constant('lost_after' as const) }),
  fc.record({ type: fc.constant('late' as const), reads: fc.nat(25) }),
  fc.constant<Effect>({ type: 'late', reads: 1_000_000 }),
  fc.record({ type: fc.constant('dies' as const), committed: fc.boolean() }),
);
const readEffect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ type: fc.constant('fails' as const), endsRun: fc.boolean() }),
  fc.record({ type: fc.constant('lags' as const), reads: fc.constantFrom(1, 2, 5, 1000) }),
  fc.constant<Effect>({ type: 'dies', committed: true }),
);
const again = seldom(3, fc.constantFrom('always' as const, 'alternately' as const));
const repeated = ({
  again,
  ...fault
}: Omit<MemoryFault, 'again'> & { readonly again: 'always' | 'alternately' | undefined }): MemoryFault =>
  again ? { ...fault, again } : fault;
const fault: fc.Arbitrary<MemoryFault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ on: fc.constant('write' as const), index: fc.nat(10), effect: writeEffect }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ on: fc.constant('create' as const), index: fc.nat(5), effect: writeEffect }),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ on: fc.constant('write' as const), index: fc.nat(8), effect: writeEffect, again })
      .map(repeated),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ on: fc.constant('read' as const), index: fc.nat(30), effect: readEffect, again })
      .map(repeated),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      on: fc.constantFrom('create' as const, 'update' as const),
      index: fc.nat(3),
      effect: fc.record({
        type: fc.constantFrom('stored' as const, 'lost_after' as const),
        fields: fc.oneof(
          fc.record({ name: fc.constant('ODD') }),
          fc.record({ description: fc.constant('ODD') }),
        ),
      }),
    }),
  },
);

const disturbedRun: fc.Arbitrary<CaseRun> = fc.record({
  from: fc.constantFrom('configuration' as const, 'saved plan' as const),
  faults: fc.array(fault, { maxLength: 4 }),
  lag: fc.constantFrom(0, 0, 0, 1, 2, 7),
  moves: fc.oneof(
    fc.constant([]),
    fc.array(fc.record({ at: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(40)), move }), { maxLength: 3 }),
  ),
  turns: fc.array(fc.nat(5), { maxLength: 6 }),
  concurrency: fc.constantFrom(1, 2, 8, 30),
  stopAt: seldom(6, fc.nat(40)).map((at) => at ?? null),
});

/** Random cases. */
export const fuzzCase: fc.Arbitrary<FuzzCase> = fc.record({
  file,
  live,
  runs: fc.array(disturbedRun, { minLength: 1, maxLength: 2 }),
  lateLands: fc.boolean(),
  afterwards: fc.constantFrom('configuration' as const, 'saved plan' as const),
  deletes: fc.constantFrom('first' as const, 'last' as const),
});
