import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isMap, isScalar, isSeq, parse, parseDocument } from 'yaml';
import { edit } from '../../../src/load/edit/edit.ts';
import type { Path } from '../../../src/load/edit/edits.ts';

const test = suite('editing whole files of YAML');

test('ten thousand edits of one file take seconds, not hours', () => {
  const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}`);
  const text = `a:\n${keys.map((key) => `  ${key}: one # c\n`).join('')}`;
  const edited = edit(
    text,
    keys.map((key) => ({ type: 'set', path: ['a', key], value: 'two' })),
  );
  assert.is(edited.text, text.replaceAll(': one', ': two'));
});

const files = ['examples', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => join(folder, path)),
);

test('in every configuration of this repository each value can be changed, removed and added to', () => {
  let edited = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const document = parseDocument(text);
    // Those of the tests are wrong on purpose, or hold what may not be edited.
    if (
      document.errors.length > 0 ||
      edit(text, [{ type: 'set', path: ['zzz'], value: 'x' }]).refused.length > 0
    )
      continue;
    if (/[*&!]/.test(text.replace(/".*?"/g, ''))) continue;
    edited += 1;
    // Where others stand apart, a new key does.
    const lines = text.split('\n').filter((line) => line !== '');
    const paths = pathsIn(document.contents);
    const stride = Math.ceil(paths.length / 40);
    for (const { node, path } of paths.filter((_, index) => index % stride === 0)) {
      if (path.length > 0) {
        const { refused, text: after } = edit(text, [{ type: 'remove', path }]);
        assert.equal(refused, [], `${file} ${path.join('.')}`);
        assert.is(JSON.stringify(parse(after)), JSON.stringify(without(parse(text), path)));
      }
      if (path.length > 0 && isScalar(node) && node.range && !/\$\{var|^[*&!]/.test(String(node.value))) {
        const { refused, text: after } = edit(text, [{ type: 'set', path, value: 'yes: "0400"' }]);
        assert.equal(refused, [], `${file} ${path.join('.')}`);
        assert.is(parseDocument(after).getIn(path), 'yes: "0400"');
        assert.is(after.slice(0, node.range[0]), text.slice(0, node.range[0]));
        if (node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL')
          assert.is(after.slice(after.length - (text.length - node.range[1])), text.slice(node.range[1]));
      } else if (isMap(node)) {
        const { refused, text: after } = edit(text, [
          { type: 'set', path: [...path, 'zzz'], value: { a: 'b' } },
        ]);
        assert.equal(refused, [], `${file} ${path.join('.')}`);
        assert.is(JSON.stringify(parse(after)), JSON.stringify(withIn(parse(text), path)));
        if (!node.flow)
          assert.equal(
            after.split('\n').filter((line) => line !== '' && !line.includes('zzz: { a: b }')),
            lines,
          );
      }
    }
  }
  assert.ok(edited > 10);
});

test.run();

function without(root: Record<string, unknown>, path: Path): unknown {
  let at: Record<string | number, unknown> = root;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>; // a path of the document itself
  const last = path.at(-1) ?? '';
  if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
  return root;
}

function withIn(root: Record<string, unknown>, path: Path): unknown {
  let at: Record<string | number, unknown> = root;
  for (const step of path) at = at[step] as Record<string | number, unknown>; // a path of the document itself
  at.zzz = { a: 'b' };
  return root;
}

function pathsIn(node: unknown, path: Path = []): readonly { readonly node: unknown; readonly path: Path }[] {
  if (isMap(node))
    return [
      { node, path },
      ...node.items.flatMap(({ key, value }) =>
        pathsIn(value, [...path, String(isScalar(key) ? key.value : key)]),
      ),
    ];
  if (isSeq(node)) return node.items.flatMap((item, index) => pathsIn(item, [...path, index]));
  return [{ node, path }];
}
