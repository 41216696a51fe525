import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CST, isMap, isScalar, isSeq, Parser, parse, parseDocument } from 'yaml';
import { edit } from '../../../src/load/edit/edit.ts';
import type { Path, Written, YamlEdit } from '../../../src/load/edit/edits.ts';
import { newTexts, type Sample, yamlTexts } from './yaml-texts.ts';

const test = suite('editing YAML text');

type Plain = null | string | number | boolean | Plain[] | { [key: string]: Plain };

const runs = Number(process.env.LEDGERFORM_EDIT_RUNS ?? 200);

test('a value is set, and nothing outside of it', () => {
  property(false, fc.tuple(fc.nat(), newTexts), ({ text }, [pick, value]) => {
    const paths = pathsIn(text).filter(({ node }) => isScalar(node) && node.range?.[0] !== node.range?.[1]);
    fc.pre(paths.length > 0);
    const { node, path } = paths[pick % paths.length] ?? {};
    if (!path || !isScalar(node) || !node.range) return;
    const after = made(text, [{ type: 'set', path, value }]);
    const [start, end] = node.range;
    assert.is(after.slice(0, start), text.slice(0, start));
    // A text of several lines may follow the comment beside the old one.
    if (value.includes('\n')) assert.ok(isWithout(after.slice(start), text.slice(end)), after);
    else assert.is(after.slice(after.length - (text.length - end)), text.slice(end));
  });
});

test('a key is added, and nothing is taken away', () => {
  const key = fc.constantFrom('new', 'yes', 'a new one', 'é2', '0400', 'x: y');
  const value: fc.Arbitrary<Written> = fc.oneof(
    newTexts,
    fc.constantFrom<Written>(
      null,
      7,
      true,
      { nominal_code: '4010' },
      { name: 'A, b', nominal_code: '010' },
      {},
      [],
      ['x', 'y: z'],
    ),
  );
  property(
    false,
    fc.tuple(fc.nat(), fc.array(key, { minLength: 1, maxLength: 3 }), value),
    ({ text }, [pick, chain, value]) => {
      const paths = pathsIn(text).filter(
        ({ node }) => isMap(node) || (isScalar(node) && node.value === null),
      );
      const { path = [] } = paths[pick % Math.max(1, paths.length)] ?? {};
      const after = made(text, [{ type: 'set', path: [...path, ...chain], value }]);
      assert.ok(isWithout(after, text.replace(/~|null| ?\{ *\}/g, '')), after);
    },
  );
});

test('items are inserted wherever they are wanted', () => {
  const value = fc.constantFrom<Written>(
    'new',
    '0400',
    { product: { id: 'P' }, ledger_account: 'cash' },
    { code: 'X' },
  );
  property(false, fc.tuple(fc.nat(), fc.nat(6), value), ({ text }, [pick, at, value]) => {
    const paths = pathsIn(text).filter(({ node }) => isSeq(node));
    const { path = ['fresh', 'list'] } = paths[pick % Math.max(1, paths.length)] ?? {};
    const after = made(text, [{ type: 'insert', path, at, value }]);
    // Empty brackets become a block.
    assert.ok(isWithout(after, text.replace(/ ?\[ *\]/g, '')), after);
  });
});

test('keys and items are removed with their lines, and nothing else', () => {
  property(false, fc.nat(), ({ text }, pick) => {
    const paths = pathsIn(text).filter(({ path }) => path.length > 0);
    fc.pre(paths.length > 0);
    const { path = [] } = paths[pick % paths.length] ?? {};
    const after = made(text, [{ type: 'remove', path }]);
    // What has lost all its parts is empty brackets.
    const empty = [...after.matchAll(/ ?(?:\{\}|\[\])/g)].map(
      ({ 0: { length }, index }) => after.slice(0, index) + after.slice(index + length),
    );
    assert.ok(
      [after, ...empty].some((each) => isWithout(text, each)),
      after,
    );
  });
});

const several = fc.array(
  fc.record({
    kind: fc.constantFrom('set', 'add', 'insert', 'remove'),
    pick: fc.nat(),
    at: fc.nat(5),
    value: newTexts,
    key: fc.constantFrom('new', 'other', 'third'),
  }),
  { minLength: 1, maxLength: 7 },
);
type Wish = typeof several extends fc.Arbitrary<(infer T)[]> ? T : never;

test('many edits at once all come true', () => {
  property(false, several, ({ text }, wishes) => {
    made(text, editsOf(text, wishes));
  });
});

test('beside what cannot be edited safely everything else is made', () => {
  let done = 0;
  property(true, several, ({ text }, wishes) => {
    const edits = editsOf(text, wishes, true);
    const result = edit(text, edits);
    const left = new Set(result.refused.map((each) => each.edit));
    done += edits.length - left.size;
    check(
      text,
      edits.filter((each) => !left.has(each)),
      result.text,
      true,
    );
  });
  assert.ok(done > runs / 2, String(done));
});

test.run();

/** Runs a property over samples; each result is held against what was intended. */
function property<T>(
  special: boolean,
  drawn: fc.Arbitrary<T>,
  body: (sample: Sample, drawn: T) => void,
): void {
  void fc.assert(
    fc.property(yamlTexts(special), drawn, (sample, each) => {
      fc.pre(isSound(sample.text));
      owners = sample.owners;
      body(sample, each);
    }),
    { numRuns: runs },
  );
}

/** The generator has no grammar: a few of its texts are none. */
function isSound(text: string): boolean {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) return false;
  try {
    return JSON.stringify(document.toJS({ maxAliasCount: -1 })) !== undefined;
  } catch {
    // An alias without an anchor, or inside of what it stands for.
    return false;
  }
}

let owners: Sample['owners'] = new Map();

/** The text after the edits, all of which must be made. */
function made(text: string, edits: readonly YamlEdit[]): string {
  const result = edit(text, edits);
  assert.equal(
    result.refused.map(({ edit: each, why }) => [why, each.path]),
    [],
    text,
  );
  check(text, edits, result.text, false);
  return result.text;
}

function check(text: string, edits: readonly YamlEdit[], after: string, special: boolean): void {
  const known = special ? { maxAliasCount: -1, logLevel: 'silent' as const } : {};
  const expected = intended(parse(text, known) ?? {}, edits);
  assert.equal(parse(after, known), expected, `${text}\n=>\n${after}`);
  const removed = edits.filter(({ type }) => type === 'remove').map(({ path }) => path);
  const may = (comment: string): boolean =>
    removed.some((path) => path.every((step, at) => step === owners.get(comment)?.[at]));
  const before = commentsOf(text).filter((comment) => !may(comment));
  const left = commentsOf(after).filter((comment) => !may(comment));
  assert.equal(left.sort(), before.sort(), `${text}\n=>\n${after}`);
  const again = edit(after, settled(edits));
  assert.is(again.text, after);
}

/** The edits that mean the same in the text after them: where items come or go, indexes mean others. */
function settled(edits: readonly YamlEdit[]): readonly YamlEdit[] {
  const moved = edits.some(
    ({ path, type }) => type === 'insert' || (type === 'remove' && typeof path.at(-1) === 'number'),
  );
  return moved ? edits.filter(({ path }) => path.every((step) => typeof step === 'string')) : edits;
}

function intended(root: Plain, edits: readonly YamlEdit[]): Plain {
  const gone: { list: Plain[]; item: object }[] = [];
  const wrap = { root: boxed(root) };
  const inserts: (() => void)[] = [];
  for (const each of edits) {
    if (each.type === 'set') put(wrap.root, each.path, each.value as Plain);
    else if (each.type === 'insert') {
      const list = reach(wrap.root, each.path, []);
      const boxes = list.value as Box[];
      const there = boxes.some((box) => JSON.stringify(unboxed(box)) === JSON.stringify(each.value));
      const next = boxes[each.at];
      if (!there)
        inserts.push(() =>
          boxes.splice(next ? boxes.indexOf(next) : boxes.length, 0, boxed(each.value as Plain)),
        );
    } else {
      const parent = reach(wrap.root, each.path.slice(0, -1), {});
      const step = each.path.at(-1) ?? '';
      if (Array.isArray(parent.value)) {
        const boxes = parent.value;
        const item = boxes[Number(step)];
        if (item) gone.push({ list: boxes as unknown as Plain[], item });
      } else if (parent.value && typeof parent.value === 'object')
        delete (parent.value as Record<string, Box>)[String(step)];
    }
  }
  for (const insert of inserts) insert();
  for (const { item, list } of gone) list.splice(list.indexOf(item as Plain), 1);
  return unboxed(wrap.root);
}

/** Every value in a box of its own, so that items keep their identity while others come and go. */
interface Box {
  value: null | string | number | boolean | Box[] | { [key: string]: Box };
}

function boxed(value: Plain): Box {
  if (Array.isArray(value)) return { value: value.map(boxed) };
  if (value === null || typeof value !== 'object') return { value };
  return { value: Object.fromEntries(Object.entries(value).map(([key, each]) => [key, boxed(each)])) };
}

function unboxed({ value }: Box): Plain {
  if (Array.isArray(value)) return value.map(unboxed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unboxed(each)]));
}

function reach(root: Box, path: Path, otherwise: [] | Record<string, never>): Box {
  let at = root;
  for (const step of path) {
    at.value ??= {};
    const inner = at.value as Record<string | number, Box>;
    inner[step] ??= { value: null };
    at = inner[step];
  }
  at.value ??= Array.isArray(otherwise) ? [] : {};
  return at;
}

function put(root: Box, path: Path, value: Plain): void {
  const parent = reach(root, path.slice(0, -1), {});
  (parent.value as Record<string | number, Box>)[path.at(-1) ?? ''] = boxed(value);
}

interface Found {
  readonly path: Path;
  readonly node: unknown;
}

function pathsIn(text: string): readonly Found[] {
  const found: Found[] = [];
  const walk = (node: unknown, path: Path): void => {
    found.push({ path, node });
    if (isMap(node))
      for (const { key, value } of node.items)
        walk(value, [...path, String(isScalar(key) ? key.value : key)]);
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
  };
  walk(parseDocument(text, { uniqueKeys: false }).contents, []);
  return found;
}

function editsOf(text: string, wishes: readonly Wish[], anywhere = false): readonly YamlEdit[] {
  const found = pathsIn(text);
  const edits: YamlEdit[] = [];
  for (const { at, key, kind, pick, value } of wishes) {
    const kinds = found.filter(({ node, path }) =>
      kind === 'add'
        ? isMap(node)
        : kind === 'insert'
          ? isSeq(node)
          : path.length > 0 && (kind === 'remove' || anywhere || isScalar(node)),
    );
    const chosen = kinds[pick % Math.max(1, kinds.length)];
    if (!chosen) continue;
    const path = kind === 'add' ? [...chosen.path, key] : chosen.path;
    const one: YamlEdit =
      kind === 'remove'
        ? { type: 'remove', path }
        : kind === 'insert'
          ? { type: 'insert', path, at, value: { code: value } }
          : { type: 'set', path, value };
    if (!edits.some((other) => overlap(one, other))) edits.push(one);
  }
  return edits;
}

/** Whether two edits concern one place. */
function overlap(one: YamlEdit, other: YamlEdit): boolean {
  const [short, long] = one.path.length <= other.path.length ? [one, other] : [other, one];
  return short.path.every((step, index) => step === long.path[index]);
}

function commentsOf(text: string): string[] {
  const found: string[] = [];
  const visit = (token: unknown): void => {
    if (Array.isArray(token)) for (const each of token) visit(each);
    else if (typeof token === 'object' && token !== null) {
      const { source, type } = token as { source?: unknown; type?: unknown };
      if (type === 'comment') found.push(String(source));
      else for (const each of Object.values(token)) visit(each);
    }
  };
  for (const token of new Parser().parse(text) as Iterable<CST.Token>) visit(token);
  return found;
}

/** Whether one text is the other one with something put in. */
function isWithout(long: string, short: string): boolean {
  let at = 0;
  for (const sign of short) {
    at = long.indexOf(sign, at);
    if (at < 0) return false;
    at += sign.length;
  }
  return true;
}
