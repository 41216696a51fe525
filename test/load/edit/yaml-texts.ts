import * as fc from 'fast-check';

/*
 * Texts of YAML in the ways that people and programs write it: blocks and brackets, every indentation, comments wherever
 * one may stand, quotes, folded texts, odd spaces, CRLF, a byte order mark. With `special`, also what may not be edited:
 * anchors, aliases, tags, variables, texts that keep their last empty lines.
 */

/** A text, and of each of its comments the path of the value that it goes with: the collection for one that stands above. */
export interface Sample {
  readonly text: string;
  readonly owners: ReadonlyMap<string, readonly (string | number)[]>;
}

type Node =
  | {
      readonly type: 'line';
      readonly source: string;
      readonly props: string;
      readonly gap: string;
      readonly beside: boolean;
    }
  | {
      readonly type: 'folded';
      readonly quote: '' | '"' | "'";
      readonly words: readonly string[];
      readonly beside: boolean;
    }
  | {
      readonly type: 'block';
      readonly header: string;
      readonly lines: readonly string[];
      readonly beside: boolean;
    }
  | { readonly type: 'nothing'; readonly beside: boolean }
  | Collection;

interface Collection {
  readonly type: 'map' | 'seq';
  readonly form: 'block' | 'line' | 'lines';
  readonly props: string;
  readonly parts: readonly {
    readonly key: string;
    readonly node: Node;
    readonly above: number;
    readonly pad: number;
  }[];
  readonly beside: boolean;
  readonly level: boolean;
  readonly tight: boolean;
  readonly trailing: boolean;
}

const plainSources = [
  'cash',
  'Consulting income',
  '0010',
  '1e3',
  '0x1F',
  '1.10',
  'true',
  'null',
  '~',
  '2024-01-01',
  'NO',
  '12:30',
  '7.5%',
  "it's",
  'a#b',
  'http://x.example/a',
  'Müller 💶',
  '-x',
  '"4010"',
  "'0400'",
  '"a # b"',
  "'it''s: so'",
  '"tab\\t\\u00e9"',
  '""',
  "''",
  '"1, [2]"',
];
const specialSources = [
  `\${var.NAME}`,
  `"a \${var.NAME:-x} b"`,
  '!!str 7',
  '&one word',
  '*shared',
  '&shared word',
];
const flowSafe = (source: string): boolean => !/^[-]/.test(source);

const keys = [
  'name',
  'code',
  'nominal_code',
  'a',
  'b',
  'c',
  'ledger_accounts',
  '"quoted key"',
  "'single'",
  'key with spaces',
  'é',
  '0',
  'x-y',
];
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '     ');

/** Texts as they can be written by `edit`. */
export const newTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '0400',
    'yes',
    'No',
    'null',
    '1e3',
    '~',
    ' lead',
    'trail ',
    'a: b',
    'a #b',
    '#x',
    '- x',
    '-',
    '?',
    '[x',
    '{x',
    '&a',
    '*a',
    '!t',
    '%d',
    '@x',
    '`x',
    '2024-01-01',
    '2024-1-1',
    '12:30',
    '0x1f',
    '0b1',
    '1_000',
    '.inf',
    '.5',
    '',
    'plain words',
    'It\'s "so"',
    'tab\there',
    'two\nlines',
    'end\n',
    'a\n\nb\n',
    '\u0085',
    '\u2028',
    'back\\slash',
    'x:',
    'https://a.b/c',
    '<<',
    '=',
    '---',
    '...',
    '--- x',
    'Ünï 💶',
    'a, b',
    'c]',
    'a  b',
    '\ufeff',
    '\u0007',
    'long words '.repeat(20).trim(),
    '9d2b4c8f-2087-4738-ba91-7359683c49a4',
    '7.5%',
    '4010 Sales',
    ' \n x',
    'x\n y',
    'a\r\nb',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...' \n\t:#-?,[]{}&*!|>\'"%@`~=<0123.eyn\\'), maxLength: 8 }),
);

const scalars = (special: boolean): fc.Arbitrary<Node> => {
  const source = fc.constantFrom(...plainSources, ...(special ? specialSources : []));
  const beside = fc.boolean();
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('line' as const),
        source,
        props: fc.constant(''),
        gap,
        beside,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('folded' as const),
        quote: fc.constantFrom('' as const, '"' as const, "'" as const),
        words: fc.array(fc.constantFrom('long', 'scalar', 'text'), { minLength: 2, maxLength: 6 }),
        beside,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('block' as const),
        header: fc.constantFrom('|', '>', '|-', '>-', ...(special ? ['|+', '>+', '|2'] : [])),
        lines: fc.array(fc.constantFrom('some text', 'more # no comment', 'key: no key', ''), {
          minLength: 1,
          maxLength: 4,
        }),
        beside,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('nothing' as const), beside }) },
  );
};

const nodes = (special: boolean) =>
  fc.letrec<{ node: Node; collection: Collection }>((tie) => ({
    node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalars(special), tie('collection')),
    collection: fc.record({
      type: fc.constantFrom('map' as const, 'map' as const, 'seq' as const),
      form: fc.constantFrom(
        'block' as const,
        'block' as const,
        'block' as const,
        'line' as const,
        'lines' as const,
      ),
      props: fc.constantFrom('', '', '', ...(special ? [' &shared', ' &lone', ' !!map'] : [])),
      parts: fc.uniqueArray(
        fc.record({ key: fc.constantFrom(...keys), node: tie('node'), above: fc.nat(2), pad: fc.nat(3) }),
        { selector: ({ key }) => key, maxLength: 5, depthIdentifier: 'parts' },
      ),
      beside: fc.boolean(),
      level: fc.boolean(),
      tight: fc.boolean(),
      trailing: fc.boolean(),
    }),
  }));

/** Texts with a mapping at their root. */
export const yamlTexts = (special: boolean): fc.Arbitrary<Sample> =>
  fc
    .record({
      root: nodes(special).collection.map((root) => (special ? withAnchor(root) : root)),
      form: fc.constantFrom(
        'block' as const,
        'block' as const,
        'block' as const,
        'block' as const,
        'lines' as const,
      ),
      step: fc.integer({ min: 1, max: 8 }),
      endings: fc.constantFrom(['\n'], ['\r\n'], ['\n', '\r\n', '\n']),
      mark: fc.constantFrom('', '', '\ufeff'),
      before: fc.constantFrom(
        [],
        ['# head'],
        ['---'],
        ['%YAML 1.2', '---'],
        ['# head', '--- # start'],
        ['', ''],
      ),
      after: fc.constantFrom([], [], [''], ['# foot'], ['...'], ...(special ? [['  ', '# foot']] : [])),
      last: fc.boolean(),
    })
    .map(write);

/** An alias needs its anchor above. */
const withAnchor = (root: Collection): Collection => {
  const node = { type: 'line', source: '&shared one', props: '', gap: ' ', beside: true } as const;
  return { ...root, parts: [{ key: 'base', node, above: 0, pad: 0 }, ...root.parts] };
};

interface Drawn {
  readonly root: Collection;
  readonly form: Collection['form'];
  readonly step: number;
  readonly endings: readonly string[];
  readonly mark: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly last: boolean;
}

function write({ after, before, endings, form, last, mark, root, step }: Drawn): Sample {
  const pen = new Pen(' '.repeat(step));
  const { head, lines } = pen.write({ ...root, type: 'map', form, props: '', beside: false }, '', [], true);
  const all = [...before, ...(head === '' ? lines : [head.trimStart(), ...lines]), ...after];
  const ended = all.map((line, index) => {
    const ending = endings[index % endings.length] ?? '\n';
    return index === all.length - 1 && !last ? line : line + ending;
  });
  return { text: mark + ended.join(''), owners: pen.owners };
}

class Pen {
  readonly owners = new Map<string, readonly (string | number)[]>();
  readonly step: string;
  constructor(step: string) {
    this.step = step;
  }

  comment(owner: readonly (string | number)[]): string {
    const text = `# c${this.owners.size}: "x" {y}`;
    this.owners.set(text, owner);
    return text;
  }

  beside(node: { readonly beside: boolean }, path: readonly (string | number)[]): string {
    return node.beside ? `  ${this.comment(path)}` : '';
  }

  /** A value behind a key or a dash: what stands on that line, with a space before it, and the lines that follow. */
  write(
    node: Node,
    indent: string,
    path: readonly (string | number)[],
    atRoot = false,
  ): { head: string; lines: string[] } {
    const inner = atRoot ? '' : indent + this.step;
    if (node.type === 'nothing') return { head: this.beside(node, path), lines: [] };
    if (node.type === 'line')
      return { head: `${node.gap}${node.source}${this.beside(node, path)}`, lines: [] };
    if (node.type === 'folded') {
      const [first = '', ...more] = node.words;
      const lines = more.map((word) => `${inner} ${word}`);
      const end = `${node.quote}${this.beside(node, path)}`;
      const last = lines.pop() ?? '';
      return { head: ` ${node.quote}${first}`, lines: [...lines, `${last}${end}`] };
    }
    if (node.type === 'block') {
      const digit = /\d/.exec(node.header)?.[0];
      const pad = digit ? indent + ' '.repeat(Number(digit)) : inner;
      const lines = node.lines.every((line) => line === '') ? ['text'] : node.lines;
      const shown = lines[0] === '' ? ['text', ...lines] : lines;
      return {
        head: ` ${node.header}${this.beside(node, path)}`,
        lines: shown.map((line) => (line === '' ? '' : pad + line)),
      };
    }
    return this.collection(node, indent, path, atRoot);
  }

  collection(
    node: Collection,
    indent: string,
    path: readonly (string | number)[],
    atRoot: boolean,
  ): { head: string; lines: string[] } {
    const { form, parts, props, type } = node;
    if (form !== 'block' || parts.length === 0) {
      const { text, lines } = this.brackets(node, form === 'lines' ? indent + this.step : null, path);
      const last = lines.length === 0 ? text : (lines.at(-1) ?? '');
      const ended = `${last}${this.beside(node, path)}`;
      return lines.length === 0
        ? { head: `${props} ${ended}`, lines: [] }
        : { head: `${props} ${text}`, lines: [...lines.slice(0, -1), ended] };
    }
    const own = atRoot
      ? ''
      : type === 'seq' && node.level && typeof path.at(-1) === 'string'
        ? indent
        : indent + this.step;
    const head = `${props}${this.beside(node, path)}`;
    const lines: string[] = [];
    parts.forEach((part, index) => {
      for (let at = 0; at < part.above; at += 1) lines.push(at === 1 ? '' : `${own}${this.comment(path)}`);
      const step = type === 'map' ? keyOf(part.key) : index;
      lines.push(...this.part(part, own, type, [...path, step]));
    });
    return { head, lines };
  }

  part(
    { key, node, pad }: Collection['parts'][number],
    indent: string,
    type: 'map' | 'seq',
    path: readonly (string | number)[],
  ): string[] {
    if (type === 'map') {
      const { head, lines } = this.write(node, indent, path);
      // White space at the end of a line is no part of anything.
      const end = head === '' && pad === 2 ? '  ' : '';
      return [`${indent}${key}${pad === 3 ? ' ' : ''}:${head}${end}`, ...lines];
    }
    const dash = `-${' '.repeat(1 + (pad % 3))}`;
    if (
      (node.type === 'map' || node.type === 'seq') &&
      node.form === 'block' &&
      node.parts.length > 0 &&
      node.props === ''
    ) {
      const inner = indent + ' '.repeat(dash.length);
      const bare = {
        ...node,
        beside: false,
        parts: node.parts.map((part, index) => (index === 0 ? { ...part, above: 0 } : part)),
      };
      const lines: string[] = [];
      bare.parts.forEach((part, index) => {
        for (let at = 0; at < part.above; at += 1)
          lines.push(at === 1 ? '' : `${inner}${this.comment(path)}`);
        const step = node.type === 'map' ? keyOf(part.key) : index;
        lines.push(...this.part(part, inner, node.type, [...path, step]));
      });
      const [first = '', ...more] = lines;
      return [`${indent}${dash}${first.slice(inner.length)}`, ...more];
    }
    const { head, lines } = this.write(node, indent, path);
    return [`${indent}-${head}`, ...lines];
  }

  /** Between brackets, on one line or (with an indentation) on several. */
  brackets(
    node: Collection,
    indent: string | null,
    path: readonly (string | number)[],
  ): { text: string; lines: string[] } {
    const { parts, tight, trailing, type } = node;
    const [open, close] = type === 'map' ? ['{', '}'] : ['[', ']'];
    const texts = parts.map(({ key, node: inner }, index) => {
      const step = type === 'map' ? keyOf(key) : index;
      const value = this.flowValue(inner, [...path, step]);
      return type === 'map' ? `${key}: ${value}` : value;
    });
    if (texts.length === 0) return { text: tight ? `${open}${close}` : `${open} ${close}`, lines: [] };
    if (indent === null) {
      const pad = tight ? '' : ' ';
      return {
        text: `${open}${pad}${texts.join(tight ? ', ' : ' , ')}${trailing ? ',' : ''}${pad}${close}`,
        lines: [],
      };
    }
    const lines = parts.flatMap((part, index) => {
      const last = index === parts.length - 1;
      const own = [...path, type === 'map' ? keyOf(part.key) : index];
      const beside = part.above > 0 ? `  ${this.comment(own)}` : '';
      const above = part.above > 1 ? [`${indent} ${this.comment(path)}`] : [];
      return [...above, `${indent} ${texts[index] ?? ''}${last && !trailing ? '' : ','}${beside}`];
    });
    return { text: open, lines: [...lines, `${indent}${close}`] };
  }

  flowValue(node: Node, path: readonly (string | number)[]): string {
    if (node.type === 'line')
      return flowSafe(node.source) && !/^[^"'].*[,[\]{}]/.test(node.source) ? node.source : '"was plain"';
    if (node.type === 'folded') return `${node.quote}${node.words.join(' ')}${node.quote}`;
    if (node.type === 'map' || node.type === 'seq') return this.brackets(node, null, path).text;
    return '"in brackets"';
  }
}

/** A key as it reads. */
const keyOf = (key: string): string => key.replace(/^["']|["']$/g, '').normalize('NFC');
