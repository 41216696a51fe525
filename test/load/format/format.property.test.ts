import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { format } from '../../../src/load/format/format.ts';
import { yamlTexts } from '../edit/yaml-texts.ts';
import { configurations } from './configurations.ts';
import { desiredOf, ownersIn } from './reading.ts';

const test = suite('formatting any text');

const runs = Number(process.env.LEDGERFORM_FORMAT_RUNS ?? 100);

/** A line that makes any text one of ours. */
const own = '# yaml-language-server: $schema=./schemas/ledgerform.v1.schema.json';

const formatted = (text: string): string => {
  const done = format({ path: 'a.yaml', text, modeline: null });
  if ('problems' in done) throw new Error(`${done.problems.map(({ code }) => code).join(' ')}\n${text}`);
  return done.text;
};

test('whatever YAML says, it says after it was formatted, and formatting it again changes nothing', () => {
  // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, so nothing is promised
  fc.assert(
    fc.property(yamlTexts(true), ({ text: bare }) => {
      const text = bare.replace(/^\ufeff?/, (mark) => `${mark}${own}\n`);
      if (parseDocument(text, { uniqueKeys: true }).errors.length > 0) return;
      const done = format({ path: 'a.yaml', text, modeline: null });
      if ('problems' in done)
        return assert.equal(
          done.problems.map(({ code }) => code).filter((c) => c !== 'YAML_SYNTAX'),
          [],
          text,
        );
      assert.equal(plain(done.text), plain(text));
      assert.equal(comments(done.text), comments(text));
      assert.is(formatted(done.text), done.text);
      for (const line of done.text.split('\n'))
        if (/^\s*(?:#|[\w"']+:)/.test(line)) assert.not.match(line, /[^\s\\] +\r?$/);
    }),
    { numRuns: runs },
  );
});

test('configurations load to the same, with every comment beside what it was beside', async () => {
  await fc.assert(
    fc.asyncProperty(configurations, async ({ text }) => {
      const after = formatted(text);
      assert.equal(await desiredOf(after), await desiredOf(text));
      assert.equal(ownersIn(after), ownersIn(text), after);
      assert.is(formatted(after), after);
    }),
    { numRuns: runs },
  );
});

/** A document as another reader has it, aliases as they are, keys in no order. */
const plain = (text: string): unknown => said(parseDocument(text, { uniqueKeys: false }).contents);

function said(node: unknown): unknown {
  if (isAlias(node)) return `*${node.source}`;
  if (isSeq(node)) return [node.anchor, ...node.items.map(said)];
  if (isScalar(node)) return [node.anchor, node.value];
  if (!isMap(node)) return node;
  const members = node.items.map(
    ({ key, value }) => [isScalar(key) ? String(key.value) : '', said(value)] as const,
  );
  return { anchor: node.anchor, members: members.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

const comments = (text: string): readonly string[] =>
  (text.match(/# (?:c\d+: "x" \{y\}|head|start|foot)/g) ?? []).sort();

test.run();
