import * as fc from 'fast-check';

/*
 * Configurations as people leave them: sections and fields in any order, any indentation, brackets or blocks, any quotes, comments above and
 * beside everything, empty lines, CRLF, a byte order mark, an anchor with its aliases. Every comment says the value that it stands at.
 */

/** A text, and that each comment in it says what it belongs to: `# at X` stands above or beside the line that says X. */
export interface Configuration {
  readonly text: string;
}

type Value = string | readonly Value[] | Members;
interface Members {
  readonly [key: string]: Value;
}

const names = [
  'Büro & Büro',
  '仕訳帳',
  'naïve 💶 cash',
  'Rent # of offices',
  "it's",
  'NO',
  '2026-01-01',
  'two words',
];

/** The value of `id` makes each text one of its kind. */
const entry = fc.record(
  {
    name: fc.constantFrom(...names),
    nominal_code: fc.constantFrom('0400', 'A1', '12e3'),
    description: fc.constantFrom('x: y', `\${var.TEXT:-none}`, 'a\nb c\n'),
  },
  { requiredKeys: ['name', 'nominal_code'] },
);
const rate = fc.record(
  {
    name: fc.constantFrom(...names),
    code: fc.constantFrom('RED', '19%'),
    effective_tax_rate: fc.constantFrom('7.5%', '0%'),
  },
  { requiredKeys: ['name', 'code'] },
);
const when = fc.oneof(
  fc.constant<Value>({ type: 'service', name: 'Consult*', currency: 'EUR' }),
  fc.constant<Value>({ name: ['*a*', 'b'], external_reference: 'SKU-*' }),
);

const written: fc.Arbitrary<Members> = fc
  .record({
    accounts: fc.array(entry, { minLength: 1, maxLength: 4 }),
    rates: fc.array(rate, { maxLength: 3 }),
    rules: fc.array(when, { maxLength: 3 }),
    external: fc.boolean(),
    policy: fc.boolean(),
  })
  .map(({ accounts, external, policy, rates, rules }) => ({
    version: '1',
    organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme' },
    environment: 'local',
    ...(rates.length === 0 ? {} : { tax_rates: entries('rate', rates) }),
    ledger_accounts: entries('account', accounts),
    ...(external ? { external: { ledger_accounts: { bank: { nominal_code: '404' } } } } : {}),
    settings: { ledger_accounts: { payments: 'account_0', products: 'account_0' } },
    ...(rules.length === 0
      ? {}
      : {
          assignments: {
            products: rules.map((each, index) => ({
              rule: `rule ${index}`,
              when: each,
              ledger_account: 'account_0',
              overwrite: 'true',
            })),
          },
        }),
    ...(policy ? { policy: { max_deletes: '3', protect: ['ledger_accounts.account_0'] } } : {}),
  }));

const entries = (noun: string, list: readonly Members[]): Members =>
  Object.fromEntries(list.map((each, index) => [`${noun}_${index}`, each]));

/** Configurations, each in one of the ways in which it can be written. */
export const configurations: fc.Arbitrary<Configuration> = fc
  .record({
    value: written,
    choices: fc.array(fc.nat(1000), { minLength: 120, maxLength: 120 }),
    ending: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    step: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ choices, ending, mark, step, value }) => {
    const pen = new Pen(choices, ' '.repeat(step));
    // What stands above the first key, and no empty line between, is the heading of the file.
    const lines = ['# The books of a company that was made up.', '', ...pen.members(value, '', '')];
    return { text: mark + lines.map((line) => line + ending).join('') };
  });

/** What is neither quoted nor text. */
const bare = /^(?:1|3|true)$/;

class Pen {
  private at = 0;
  private count = 0;
  readonly choices: readonly number[];
  readonly step: string;
  constructor(choices: readonly number[], step: string) {
    this.choices = choices;
    this.step = step;
  }

  private choose(of: number): number {
    this.at += 1;
    return (this.choices[this.at % this.choices.length] ?? 0) % of;
  }

  private comment(owner: string): string {
    this.count += 1;
    return `# ${this.count}\tat ${owner}`;
  }

  private shuffled(keys: readonly string[]): readonly string[] {
    return keys
      .map((key) => ({ key, rank: this.choose(1000) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ key }) => key);
  }

  members(value: Members, indent: string, owner: string): readonly string[] {
    // Keys that the author has chosen keep their order anyway.
    return this.shuffled(Object.keys(value)).flatMap((key) =>
      this.member(key, value[key] ?? '', indent, owner),
    );
  }

  private member(key: string, value: Value, indent: string, owner: string): readonly string[] {
    const path = `${owner}.${key}`;
    const name = this.choose(6) === 0 ? `'${key}'` : key;
    const blank = this.choose(5) === 0 ? ['', ''].slice(this.choose(2)) : [];
    const above = this.choose(4) === 0 ? [`${indent}${this.comment(path)}`] : [];
    const beside = this.choose(4) === 0 ? `${' '.repeat(1 + this.choose(3))}${this.comment(path)}` : '';
    return [...blank, ...above, ...this.value(`${indent}${name}:`, value, indent, path, beside)];
  }

  private value(
    start: string,
    value: Value,
    indent: string,
    path: string,
    beside: string,
  ): readonly string[] {
    const inner = indent + this.step;
    if (typeof value === 'string') {
      if (value.endsWith('\n')) {
        const text = value.trimEnd().split('\n');
        return [`${start} |${beside}`, ...text.map((line) => `${inner}${line}`)];
      }
      return [`${start}${' '.repeat(1 + this.choose(2))}${this.scalar(value)}${beside}`];
    }
    const isSmall = Object.values(value).every((each) => typeof each === 'string' && !each.includes('\n'));
    const form = isSmall ? this.choose(4) : 3;
    if (form === 0) return [`${start} ${this.flow(value)}${beside}`];
    if (form === 1) {
      const [open, close] = Array.isArray(value) ? '[]' : '{}';
      const parts = this.parts(value);
      const lines = parts.map((each, index) => `${inner}${each}${index < parts.length - 1 ? ',' : ''}`);
      return [`${start} ${open}${beside}`, ...lines, `${inner}${close}`];
    }
    if (!isMembers(value)) {
      const own = this.choose(2) === 0 ? indent : inner;
      return [
        `${start}${beside}`,
        ...value.flatMap((item, index) => this.item(item, own, `${path}.${index}`)),
      ];
    }
    return [`${start}${beside}`, ...this.members(value, inner, path)];
  }

  private item(value: Value, indent: string, path: string): readonly string[] {
    const above = this.choose(3) === 0 ? [`${indent}${this.comment(path)}`] : [];
    if (!isMembers(value))
      return [...above, `${indent}- ${typeof value === 'string' ? this.scalar(value) : this.flow(value)}`];
    const inner = `${indent}  `;
    const lines = this.shuffled(Object.keys(value)).flatMap((key, index) => {
      const member = this.value(`${inner}${key}:`, value[key] ?? '', inner, `${path}.${key}`, '');
      return index > 0 && this.choose(5) === 0
        ? [`${inner}${this.comment(`${path}.${key}`)}`, ...member]
        : member;
    });
    const [first = '', ...more] = lines;
    return [...above, `${indent}- ${first.slice(inner.length)}`, ...more];
  }

  private parts(value: Exclude<Value, string>): readonly string[] {
    if (!isMembers(value))
      return value.map((each) => (typeof each === 'string' ? this.scalar(each, true) : this.flow(each)));
    return this.shuffled(Object.keys(value)).map((key) => {
      const each = value[key] ?? '';
      return `${key}: ${typeof each === 'string' ? this.scalar(each, true) : this.flow(each)}`;
    });
  }

  private flow(value: Exclude<Value, string>): string {
    const space = this.choose(2) === 0 ? ' ' : '';
    const inside = this.parts(value).join(`,${' '.repeat(1 + this.choose(2))}`);
    return isMembers(value) ? `{${space}${inside}${space}}` : `[${space}${inside}${space}]`;
  }

  private scalar(text: string, inFlow = false): string {
    if (bare.test(text)) return text;
    const plain = /^[A-Za-z][\w. %-]*$/.test(text) || /^[\p{L}][\p{L}\p{N} 💶&]*$/u.test(text);
    const style = this.choose(3);
    if (style === 0 && plain && !inFlow) return text;
    return style === 1 && !text.includes('\n') ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
  }
}

const isMembers = (value: Value): value is Members => typeof value === 'object' && !Array.isArray(value);
