import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../src/model/plan.ts';
import { parsePlan } from '../../src/plan/parse-plan.ts';
import { digestOf } from '../../src/plan/seal.ts';
import { codes } from './build.ts';
import { sealed } from './sealed.ts';

const test = suite('plan/parse-plan');
const text = JSON.stringify(sealed, null, 2);

/** The sample with some members replaced, sealed again: wrong in content, not edited. */
const resealed = (members: object): string => {
  const plan = { ...sealed, ...members } as Plan;
  return JSON.stringify({ ...plan, digest: digestOf(plan) });
};

test('a saved plan is read as it was made', () => {
  assert.equal(parsePlan(text), { plan: sealed, problems: [] });
});

test('white space and the order of members are no edit', () => {
  const reversed = Object.fromEntries(Object.entries(sealed).reverse());
  assert.equal(parsePlan(JSON.stringify(reversed)).problems, []);
});

const bad: readonly [title: string, text: string, code: string][] = [
  ['an empty file is unreadable', '', 'PLAN_UNREADABLE'],
  ['a truncated plan is unreadable', text.slice(0, -20), 'PLAN_UNREADABLE'],
  ['another document is unreadable', '{"name": "x"}', 'PLAN_UNREADABLE'],
  ['JSON that is no object is unreadable', 'null', 'PLAN_UNREADABLE'],
  [
    'deep nesting is unreadable',
    `{"format_version":"1","digest":"","x":${'['.repeat(3000)}${']'.repeat(3000)}}`,
    'PLAN_UNREADABLE',
  ],
  [
    'a plan without a digest is unreadable',
    JSON.stringify({ ...sealed, digest: undefined }),
    'PLAN_UNREADABLE',
  ],
  [
    'another version must be made again',
    text.replace('"format_version": "1"', '"format_version": "2"'),
    'PLAN_VERSION',
  ],
  ['an edited label is an edit', text.replace('Cash', 'Cache'), 'PLAN_EDITED'],
  ['an added member is an edit', text.replace('{', '{"extra": 1,'), 'PLAN_EDITED'],
  ['a member __proto__ is an edit', text.replace('{', '{"__proto__": {},'), 'PLAN_EDITED'],
  ['a sealed unknown member is unreadable', resealed({ extra: 1 }), 'PLAN_UNREADABLE'],
  [
    'a sealed unknown action is unreadable',
    resealed({ changes: [{ ...sealed.changes[0], action: 'drop' }] }),
    'PLAN_UNREADABLE',
  ],
];
for (const [title, content, code] of bad)
  test(title, () => {
    const { plan, problems } = parsePlan(content);
    assert.is(plan, null);
    assert.equal(codes(problems), [code]);
  });

test('every edit of a value is noticed', () => {
  const places = leaves(sealed, []).filter(([first]) => first !== 'format_version');
  assert.ok(places.length > 40);
  const other = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.constantFrom(...places), other, (path, value) => {
      const edited: unknown = JSON.parse(text);
      if (!replace(edited, path, value)) return;
      assert.is(parsePlan(JSON.stringify(edited)).plan, null);
    }),
  );
});

test.run();

function leaves(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

function replace(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): boolean {
  const holder = value as Record<string, unknown>;
  if (key === undefined) return false;
  if (rest.length > 0) return replace(holder[key], rest, leaf);
  const differs = holder[key] !== leaf;
  holder[key] = leaf;
  return differs;
}
