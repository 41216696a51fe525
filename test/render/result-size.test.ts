import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, Plan } from '../../src/model/plan.ts';
import { errorProblem, warningProblem } from '../../src/model/problem.ts';
import type { OrganizationResult, Result } from '../../src/model/result.ts';
import { summarize } from '../../src/plan/seal.ts';
import { markdown } from '../../src/render/markdown/markdown.ts';
import { harmInMarkdown, hostileTexts } from '../reliability/hostile/texts.ts';
import { assignments, changes, planOf } from './plan-document.ts';
import { organizationResult, poisoned, resultOf, resultView } from './result-document.ts';

const test = suite('the size of a comment');
const limit = 65_000;

const [update, create, drifted, set] = changes;
const remove = changes.find(({ action }) => action === 'delete');
const [byRule] = assignments;
assert.ok(update && create && set && byRule && remove && drifted);
const contested: Change = { ...drifted, reason: 'conflict' };
const several = (template: Change, count: number): readonly Change[] =>
  Array.from({ length: count }, (_, at) => ({ ...template, address: `${template.address}.${at}` }));
const planWith = (all: readonly Change[]): Plan => ({ ...planOf(), changes: all, summary: summarize(all) });
const shownIn = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

test('a plan of ten thousand changes is cut at whole rows, and every change is shown or counted', () => {
  const started = process.cpuUsage();
  const text = markdown(resultOf('plan', { plan: planWith(several(create, 10_000)) }), resultView);
  assert.is(harmInMarkdown(text), null);
  assert.ok(text.length < limit && text.length > limit * 0.9, `${text.length}`);
  const rest = 10_000 - shownIn(text, /^\| \+ create \|.*\|$/gm);
  assert.match(text, `… and ${rest.toLocaleString('en-US')} more changes.`);
  assert.match(text, `**Not shown here for want of room: ${rest.toLocaleString('en-US')} changes.**`);
  assert.match(text, 'All of it is in a saved plan (<code>--out</code>)');
  assert.match(text, /^### Ledgerform plan: 10,000 to create$/m);
  assert.ok(process.cpuUsage(started).user < 2e6);
});

test('a long section hides no short one', () => {
  const plan = planWith([...several(create, 5000), ...several(update, 5000), set]);
  const text = markdown(resultOf('plan', { plan }), resultView);
  assert.is(harmInMarkdown(text), null);
  assert.ok(shownIn(text, /^\| \+ create \|/gm) > 20);
  assert.ok(shownIn(text, /^\| ~ update \|/gm) > 20);
  assert.is(shownIn(text, /^\| ~ set \|/gm), 1);
});

test('what does not fit is cut at whole sections, and at rows only where a section alone does not fit', () => {
  const [first, second] = [several(create, 200), several(update, 150)];
  const text = markdown(resultOf('plan', { plan: planWith([...first, ...second]) }), resultView);
  assert.is(harmInMarkdown(text), null);
  assert.is(shownIn(text, /^\| \+ create \|/gm), 200);
  assert.is(shownIn(text, /^\| ~ update \|/gm), 0);
  assert.not.match(text, 'more changes.');
  assert.match(text, '**Not shown here for want of room: 150 changes.**');

  const long = markdown(
    resultOf('plan', { plan: planWith([...several(update, 5000), ...first]) }),
    resultView,
  );
  assert.is(shownIn(long, /^\| \+ create \|/gm), 200);
  assert.ok(shownIn(long, /^\| ~ update \|/gm) > 20);
  assert.ok(long.length > limit * 0.9, `${long.length}`);
});

test('where all of it is, is said as it is for each command', () => {
  const plan = planWith(several(create, 1000));
  const problems = several(create, 1000).map(({ address }) =>
    errorProblem('UNKNOWN_KEY', `${address} ${'x'.repeat(200)}`),
  );
  const saved = /saved (plan|one)/;
  const rows = [
    [resultOf('plan', { plan }), saved, '<code>--out<'],
    [resultOf('drift', { plan, exit_code: 2 }), null, '<code>--show-all<'],
    [resultOf('validate', { problems, exit_code: 3 }), null, '<code>--json<'],
    [resultOf('apply', { plan, problems, exit_code: 1 }), saved, '<code>ledgerform history<'],
  ] as const;
  for (const [result, wanted, pattern] of rows) {
    const text = markdown(result, resultView);
    const at = text.slice(text.indexOf('Not shown here'));
    assert.match(at, pattern);
    if (wanted === null) assert.not.match(at, saved);
    else assert.match(at, wanted);
  }
});

test('a rule over ten thousand products is one row', () => {
  const text = markdown(resultOf('plan', { plan: planWith(several(byRule, 10_000)) }), resultView);
  assert.match(text, /^\| \+ assign \| 10,000 products by rule <code>consulting<\/code>/m);
  assert.ok(text.length < 3000);
});

test('thousands of problems are counted in the heading, and the first are shown', () => {
  const problems = Array.from({ length: 20_000 }, (_, at) =>
    errorProblem('UNKNOWN_KEY', `Key ${at} is unknown. ${'x'.repeat(900)}`),
  );
  const text = markdown(resultOf('validate', { problems, exit_code: 3 }), resultView);
  assert.is(harmInMarkdown(text), null);
  assert.match(text, /^### Ledgerform validate: not valid, 20000 errors$/m);
  assert.match(text, 'Key 0 is unknown.');
  assert.match(text, /more problems\.\n/);
});

test('twenty warnings are listed, and the others are counted', () => {
  const warnings = Array.from({ length: 25 }, (_, at) => warningProblem('TWINS', `Warning ${at}.`));
  const text = markdown(resultOf('plan', { plan: { ...planOf(), warnings } }), resultView);
  assert.match(text, 'Warning 19.');
  assert.not.match(text, 'Warning 20.');
  assert.match(text, '… and 5 more warnings.');
});

test('ten deletes and ten conflicts are named with nothing to unfold, the rest is counted and stands below', () => {
  const plan = planWith([...several(create, 20), ...several(remove, 12), ...several(contested, 11)]);
  const text = markdown(resultOf('plan', { plan }), resultView);
  assert.is(harmInMarkdown(text), null);
  const [above = ''] = text.split('<details>');
  assert.is(shownIn(above, /^- <code>1180 Old<\/code> <code>/gm), 10);
  assert.match(above, '… and 2 more deletes below.');
  assert.is(shownIn(above, /^- <code>4030 Retainers<\/code> <code>/gm), 10);
  assert.match(above, '… and 1 more conflict below.');
  assert.not.match(text, 'Not shown here');
  assert.is(shownIn(text, /^\| - delete \|/gm), 12);
  // Drift only looks.
  assert.not.match(markdown(resultOf('drift', { plan, exit_code: 2 }), resultView), '**Deletes**');
});

const organizations = (count: number, each: (at: number) => Partial<OrganizationResult>): Result => ({
  command: 'plan',
  many: true,
  exit_code: 0,
  organizations: Array.from({ length: count }, (_, at) =>
    organizationResult({
      path: `orgs/${at}/ledgerform.yaml`,
      organization: { id: `${at}`, name: `Organization ${at}` },
      ...each(at),
    }),
  ),
});

test('of many organizations deletes are named once with whom they are of', () => {
  const result = organizations(30, (at) => ({ plan: planWith(at < 29 ? [remove] : [contested]) }));
  const [above = ''] = markdown(result, resultView).split('<details>');
  assert.match(above, /^- <code>1180 Old<\/code> <code>.*<\/code> in 29 organizations$/m);
  assert.match(above, /^- <code>4030 Retainers<\/code> <code>.*<\/code> in <code>Organization 29<\/code>$/m);
});

test('three hundred organizations with the same changes are one section, and those that differ have their own', () => {
  const result = organizations(300, (at) => ({
    plan: planWith(at < 287 ? [create] : at < 295 ? several(update, at - 280) : []),
  }));
  const text = markdown(result, resultView);
  assert.is(harmInMarkdown(text), null);
  assert.match(text, /^### Ledgerform plan, 300 organizations: 295 with changes, 5 unchanged$/m);
  assert.match(text, '<b>287 organizations: the same 1 change</b>: 1 to create');
  assert.is(shownIn(text, /<details><summary><b><code>Organization/g), 8);
  assert.match(text, '… and 250 more organizations.');
});

test('a thousand organizations of which no two are the same: the first are shown, and what is not is counted', () => {
  const started = process.cpuUsage();
  const plan = (at: number) => planWith(several({ ...create, label: `${at}` }, 5));
  const text = markdown(
    organizations(1000, (at) => ({ plan: plan(at) })),
    resultView,
  );
  assert.is(harmInMarkdown(text), null);
  assert.ok(text.length > limit / 2, `${text.length}`);
  const rows = shownIn(text, /^\| \+ create \|/gm);
  assert.ok(rows > 20);
  assert.match(text, `${(5000 - rows).toLocaleString('en-US')} changes`);
  assert.ok(process.cpuUsage(started).user < 4e6);
});

test('no text, however long and whatever it is made of, brings a comment over its limit', () => {
  const texts = fc.oneof(
    fc.constantFrom(...Object.values(hostileTexts)),
    fc.constantFrom('@', '&', '|', '\u0301', '\u{1f468}', '\u202e').map((sign) => sign.repeat(1500)),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  void fc.assert(
    fc.property(texts, texts, fc.integer({ min: 1, max: 12 }), (text, other, count) => {
      for (const result of poisoned(text, other, count))
        assert.is(harmInMarkdown(markdown(result, resultView), limit), null);
    }),
    { numRuns: 10 },
  );
});

test.run();
