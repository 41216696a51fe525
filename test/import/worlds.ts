import fc from 'fast-check';
import type { LiveLineItem, LiveObject, LivePayable, LiveProduct } from '../../src/model/live.ts';
import { emptyOrganization, type MemoryOrganization } from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { hostileTexts } from '../reliability/hostile/texts.ts';

/** Texts that YAML, keys, globs, variables, terminals or comparisons could take for something else, or that look alike. */
const texts = [
  ...[
    '',
    ' ',
    'yes',
    'No',
    'null',
    '~',
    'true',
    'y',
    '0400',
    '4010',
    '1e5',
    '0x1F',
    '12:30',
    '2024-01-31',
    '1_000',
  ],
  ...[
    '=',
    '<<',
    '- a',
    'a: b',
    'a #b',
    '#',
    '"q"',
    "it's",
    '{ a }',
    '[b]',
    '&x',
    '*',
    '!t',
    '%',
    '@',
    '|',
    '> x',
    '?',
  ],
  ...[
    `\${var.X}`,
    `$\${`,
    `\${`,
    'constructor',
    '__proto__',
    'toString',
    'hosting',
    'Hosting',
    ' Hosting ',
    'Hosting EU',
  ],
  ...[
    'Hosting US',
    'Hosting *',
    'Fahrtkosten',
    'Größe',
    'Grösse',
    'GROSSE',
    'Касса',
    'Касса 2',
    'Ταμείο',
    '現金',
    '銀行',
  ],
  ...[
    'مصاريف',
    'é',
    'e\u0301',
    'ſ',
    'ß',
    'SS',
    'a\nb',
    'a\r\nb',
    'a\rb',
    'a\tb',
    '\tx',
    'x\u00a0',
    'a\u0007b',
    'a\u0000',
  ],
  ...[
    '\u202eabc',
    'a\u2028b',
    '\ufeffx',
    'x\ufffe',
    '\ud83d',
    '💶 Kasse',
    'a\u0085b',
    '##vso[x]',
    '::set',
    'x'.repeat(501),
  ],
  ...[
    'x'.repeat(120),
    `${'long name '.repeat(12)}a`,
    `${'long name '.repeat(12)}b`,
    '\n\n x\n',
    'a  b',
    'a\n  b\n\nc ',
  ],
];

const text = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(hostileTexts)) },
  { weight: 6, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const maybe = fc.option(text, { nil: null });
/** Often one that others have as well. */
const code = fc.oneof(maybe, fc.constantFrom('4010', 'red', 'RED', ' 4010 ', null));
/** From few, so that several are alike. */
const few = fc.constantFrom(
  'Hosting EU',
  'Hosting US',
  'hosting eu',
  'Hosting *',
  'Amazon',
  'Hetzner',
  'Hetzner Online',
);

const idOf = (kind: number, at: number): string =>
  `${(at * 7919 + kind).toString(16).padStart(8, '0')}-0000-4000-8${kind}00-${String(at).padStart(12, '0')}`;

const status = fc.constantFrom('Active', 'Active', 'Archived', null);
const external = fc.constantFrom(true, false, false);
const account = fc.record({ name: maybe, nominal_code: code, description: maybe, external, status });
const rate = fc.record({
  name: maybe,
  code,
  effective_tax_rate: fc.constantFrom('0%', '7.5%', '20%', '100%', '150%', null),
  description: maybe,
  external,
  status,
});

/** Which of so many objects something points to: none, one, or one that is not there. */
const pointer = fc.constantFrom(null, 0, 0, 0, 0, 0, 1, 1, 2, 3, 99);
const product = fc.record({
  name: fc.oneof(few, text),
  type: fc.constantFrom('service', 'service', 'product', null, 'other'),
  external_reference: fc.oneof(maybe, fc.constantFrom('SKU-1', 'SKU-2', 'SKU-10')),
  currency: fc.constantFrom('EUR', 'GBP', null),
  account: pointer,
});
const line = fc.record({ name: fc.oneof(few, maybe), description: maybe, account: pointer, rate: pointer });
const payable = fc.record({
  status: fc.constantFrom('draft', 'new', 'new', 'paid'),
  document_id: fc.oneof(maybe, fc.constantFrom('INV-1', 'INV-2', 'inv-1')),
  counterpart_name: fc.oneof(few, maybe),
  lines: fc.array(line, { maxLength: 6 }),
});

const drawn = fc.record({
  accounts: fc.array(account, { minLength: 2, maxLength: 9 }),
  rates: fc.array(rate, { minLength: 1, maxLength: 6 }),
  products: fc.array(product, { maxLength: 12 }),
  payables: fc.array(payable, { maxLength: 5 }),
  settings: fc.array(pointer, { minLength: kinds.settings.length, maxLength: kinds.settings.length }),
});

/** An organization in which everything that an import can meet is likely. */
export const world: fc.Arbitrary<MemoryOrganization> = drawn.map(
  ({ accounts, payables, products, rates, settings }) => {
    const accountId = (at: number | null): string | null => (at === null ? null : idOf(1, at));
    const rateId = (at: number | null): string | null => (at === null ? null : idOf(2, at));
    const livePayables = payables.map(
      ({ counterpart_name, document_id, status }, at): LivePayable => ({
        ...{ id: idOf(4, at), status, document_id, counterpart_name },
        ...{ counterpart_id: null, currency: 'EUR', created_at: '2026-01-31T10:00:00Z' },
      }),
    );
    return {
      ...emptyOrganization(kinds),
      objects: new Map([
        ['ledger_accounts', objects(accounts, 1)],
        ['tax_rates', objects(rates, 2)],
      ]),
      settings: Object.fromEntries(
        kinds.settings.map(({ address, collection }, at) => [
          address,
          (collection === 'tax_rates' ? rateId : accountId)(settings[at] ?? null),
        ]),
      ),
      products: products.map(
        ({ account, ...fields }, at): LiveProduct => ({
          ...fields,
          id: idOf(3, at),
          ledger_account_id: accountId(account),
        }),
      ),
      payables: livePayables,
      lines: new Map(
        payables.map(({ lines }, of) => [
          idOf(4, of),
          lines.map(
            ({ account, description, name, rate }, at): LiveLineItem => ({
              ...{ id: idOf(5, of * 10 + at), payable_id: idOf(4, of), name, description },
              ledger_account_id: accountId(account),
              accounting_tax_rate_id: rateId(rate),
            }),
          ),
        ]),
      ),
    };
  },
);

function objects(
  drawn: readonly ({ readonly external: boolean; readonly status: string | null } & Record<
    string,
    unknown
  >)[],
  kind: number,
): ReadonlyMap<string, LiveObject> {
  return new Map(
    drawn.map(({ external, status, ...fields }, at) => [
      idOf(kind, at),
      // What is left of the draw are texts and nulls.
      { id: idOf(kind, at), external, status, fields: fields as LiveObject['fields'] },
    ]),
  );
}

/** The same organization as a service that lists everything the other way round. */
export const turned = (organization: MemoryOrganization): MemoryOrganization => ({
  ...organization,
  seen: new Map(),
  objects: new Map([...organization.objects].map(([name, all]) => [name, new Map([...all].reverse())])),
  products: [...organization.products].reverse(),
  payables: [...organization.payables].reverse(),
  lines: new Map([...organization.lines].map(([id, lines]) => [id, [...lines].reverse()])),
});
