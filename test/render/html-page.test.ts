import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, Plan } from '../../src/model/plan.ts';
import { summarize } from '../../src/plan/seal.ts';
import { html } from '../../src/render/html/html.ts';
import { lines, markup, nothing } from '../../src/render/html/markup.ts';
import { page } from '../../src/render/html/page.ts';
import { printable, printableLines } from '../../src/render/printable.ts';
import { fullReadiness } from '../accounting/readiness/full-readiness.ts';
import { harmInHtml, hostileTexts } from '../reliability/hostile/texts.ts';
import { type Element, elementsOf, readHtml, textOf } from './html-reader.ts';
import { assignments, changes } from './plan-document.ts';
import { fullPlan, organizationResult, resultOf, results, resultView } from './result-document.ts';

const test = suite('pages of results');

const read = (name: string): Element => readHtml(html(results[name] ?? resultOf('plan'), resultView));
const called = (root: Element, name: string): readonly Element[] =>
  elementsOf(root).filter((each) => each.name === name);
const textsOf = (root: Element, name: string): readonly string[] => called(root, name).map(textOf);
const withClass = (root: Element, name: string): readonly Element[] =>
  elementsOf(root).filter(({ attributes }) => attributes.get('class')?.split(' ').includes(name));

for (const [what, text] of Object.entries(hostileTexts))
  test(`${what} is a text between elements, in an attribute and in the title`, () => {
    const written = page({
      title: text,
      header: markup`<h1>${text}</h1>`,
      main: markup`<select><option value="${text}">${[markup`${text}`, markup`${text}`]}</option></select><pre>${lines(text)}</pre>`,
      footer: nothing,
    });
    assert.is(harmInHtml(written), null);
    const root = readHtml(written);
    const seen = printable(text);
    assert.equal(textsOf(root, 'title'), [seen]);
    assert.equal(textsOf(root, 'h1'), [seen]);
    assert.equal(textsOf(root, 'option'), [`${seen}${seen}`]);
    assert.is(called(root, 'option')[0]?.attributes.get('value'), seen);
    assert.equal(textsOf(root, 'pre'), [printableLines(text).join('')]);
  });

test('what is refused and what warns stands above the changes, after the summary', () => {
  const titles = textsOf(read('plan-refused'), 'h2').map((title) => title.replace(/ \d.*/, ''));
  assert.equal(titles, [
    'Refused: nothing will be written',
    'Would be deleted:',
    'Changed in the file and outside of it (conflicts):',
    'Would lose the account or tax rate they have:',
    'Changes with a warning in their row:',
    'Warnings',
    'Changes',
    'Left alone',
    'For the record',
  ]);
  const root = read('plan-refused');
  const figures = withClass(root, 'totals').map(textOf).join();
  assert.is(figures, '2 to create2 to update2 to set9 to assign1 to unassign1 to delete5 warnings');
});

test('what cannot be undone, what is taken from somebody and what warns is named above the tables, and leads to its row', () => {
  const root = read('plan-changes');
  const boxes = called(root, 'section').filter(({ attributes }) =>
    attributes.get('class')?.startsWith('problem'),
  );
  const rowsById = new Map(called(root, 'tbody').map((row) => [`#${row.attributes.get('id')}`, textOf(row)]));
  const named = boxes.map((box) => {
    for (const link of called(box, 'a')) {
      const row = rowsById.get(link.attributes.get('href') ?? '');
      assert.ok(row?.includes(textOf(link)), textOf(link));
    }
    return [textsOf(box, 'h2').join().replace(/:.*/, ''), textsOf(box, 'a')];
  });
  assert.equal(named, [
    ['Will be deleted', ['1180 Old']],
    ['Changed in the file and outside of it (conflicts)', ['4030 Retainers']],
    [
      'Will lose the account or tax rate they have',
      [
        'payments ledger account',
        'SKU-900 Gift card',
        'SKU-105 Consulting hour 5',
        'SKU-106 Consulting hour 6',
        'unnamed cccccccc / unnamed dddddddd',
      ],
    ],
    [
      'Changes with a warning in their row',
      ['RED_TAX Reduced tax', '4030 Retainers', 'SKU-105 Consulting hour 5', 'SKU-106 Consulting hour 6'],
    ],
  ]);
  assert.match(textOf(boxes[0] ?? root), 'A delete cannot be undone');
});

test('the files as they were read are told by their fingerprint, for they may not be those of the commit', () => {
  const facts = called(read('plan-changes'), 'dd').map(textOf);
  assert.ok(facts.includes(fullPlan.config.sha256));
  const names = (page: string) => textsOf(read(page), 'dt');
  assert.ok(names('plan-changes').includes('Planned') && names('drift').includes('Compared'));
});

test('what an apply did not do is counted as its one sentence counts it', () => {
  const root = read('apply-partial');
  const sentence = withClass(root, 'verdict').map(textOf).join();
  const counts = withClass(root, 'totals').flatMap((each) => called(each, 'li').map(textOf));
  assert.ok(counts.some((each) => each.endsWith('unknown')));
  for (const each of counts) assert.match(sentence, each);
});

test('of changes of several kinds a list says how many there are of each, and leads there', () => {
  const root = read('plan-changes');
  const [list] = called(root, 'nav');
  assert.ok(list);
  assert.equal(called(list, 'li').map(textOf), [
    'Tax rates 1 to update',
    'Ledger accounts 2 to create, 1 to update, 1 to delete',
    'Settings 2 to set',
    'Product assignments 8 to assign',
    'Line item assignments 1 to assign, 1 to unassign',
  ]);
  assert.equal(
    called(list, 'a').map(({ attributes }) => attributes.get('href')?.slice(1)),
    called(root, 'section').flatMap(({ attributes }) =>
      attributes.has('data-holder') ? (attributes.get('id') ?? []) : [],
    ),
  );
});

test('of many organizations it is said where and when they were looked at, and each with its id and the digest of its plan', () => {
  const plan: Plan = { ...fullPlan, environment: 'production', digest: 'sha256:1234' };
  const late: Plan = { ...plan, created_at: '2026-11-21T10:07:00Z', digest: 'sha256:5678' };
  const api_url = 'https://api.tesouro.com/v1';
  const organizations = [
    organizationResult({ plan, environment: 'production', api_url }),
    organizationResult({ plan: late, environment: 'production', api_url }),
    organizationResult({ organization: null, environment: null, api_url: null, exit_code: 3 }),
  ];
  const root = readHtml(html({ command: 'plan', many: true, exit_code: 1, organizations }, resultView));
  const where = withClass(root, 'where').map(textOf).join();
  assert.is(where, 'production · 2026-11-21 10:00 UTC to 2026-11-21 10:07 UTC');
  assert.is(
    withClass(root, 'badge')
      .map(textOf)
      .filter((text) => text === 'production').length,
    3,
  );
  const record = called(root, 'section').at(-1);
  assert.ok(record);
  assert.match(textOf(record), api_url);
  assert.match(textOf(record), plan.config.git_commit ?? '');
  assert.equal(
    called(record, 'tr').map((row) => called(row, 'code').map(textOf)),
    [
      [],
      [organizations[0]?.organization?.id, 'sha256:1234'],
      [organizations[1]?.organization?.id, 'sha256:5678'],
    ],
  );
});

test('a change is called by code and name first, then by its address and id', () => {
  const rows = called(read('plan-changes'), 'tbody').map((each) => called(each, 'th').map(textOf).join());
  assert.ok(
    rows.includes('~ update RED_TAX Reduced taxtax_rates.reduced11111111-1111-4111-8111-111111111111'),
    rows.join('\n'),
  );
  assert.ok(rows.includes('− delete 1180 Old44444444-4444-4444-8444-444444444444'));
});

test('old and new value, the reason in words and its place stand in columns with heads', () => {
  const [table] = called(read('plan-changes'), 'table');
  assert.ok(table);
  assert.equal(textsOf(table, 'th').slice(0, 5), [
    'What',
    'Field',
    'It is',
    'It becomes',
    'Why, and where from',
  ]);
  const cells = called(table, 'td').map(textOf);
  assert.equal(cells.slice(0, 4), [
    'effective tax rate',
    '7%',
    '7.5%',
    'The file says soledgerform.yaml, line 12',
  ]);
  for (const th of called(read('plan-changes'), 'th')) assert.ok(th.attributes.has('scope'));
  const reasons = withClass(read('plan-changes'), 'why').map(textOf).join('\n');
  assert.match(reasons, 'conflict Changed in the file and outside of it; the file wins');
  assert.match(reasons, 'The file does not have it (prune)');
});

test('drift shows the live value beside that of the file, and tells apart what has not drifted', () => {
  const root = read('drift');
  assert.ok(textsOf(root, 'th').includes('Live now') && textsOf(root, 'th').includes('The file says'));
  const plan = { ...fullPlan, config: { ...fullPlan.config, base: null } };
  const withoutBase = readHtml(html(resultOf('drift', { plan, exit_code: 2 }), resultView));
  assert.match(textOf(withoutBase), '− delete');
  assert.not.match(textOf(withoutBase), 'Will be deleted');
  assert.not.match(textOf(root), '(deleted)');
  const titles = textsOf(root, 'h3').map((title) => title.replace(/ \d.*/, ''));
  assert.equal(titles.slice(-3), [
    'Drifted: Ledger accounts',
    'Not yet applied, no drift',
    'Gaps that rules would fill, no drift',
  ]);
});

test('changes by one rule are one group with what becomes of what, and each of them in it', () => {
  const [group] = called(read('plan-changes'), 'details');
  assert.ok(group);
  const [summary] = called(group, 'summary');
  assert.ok(summary);
  assert.match(textOf(summary), '7 products by rule consulting base/services.yaml, line 44');
  assert.match(textOf(summary), '5: ledger account (none) → 4010 Consulting income (new)');
  assert.is(called(group, 'tbody').length, 7);
});

test('of a group of organizations no id of one of them stands for the others', () => {
  const root = read('many');
  const [shared, own] = called(root, 'section').filter(({ attributes }) => attributes.has('data-scope'));
  assert.ok(shared && own);
  assert.not.match(called(shared, 'th').map(textOf).join(), /1111|4444/);
  assert.match(called(own, 'th').map(textOf).join(), /4444/);
});

test('readiness says a percentage in text beside each bar, and what mends each gap', () => {
  const root = read('readiness-not-ready');
  for (const { type, percent } of fullReadiness.types) {
    const row = called(root, 'tr').find((each) => textOf(each).startsWith(type));
    assert.ok(row && textsOf(row, 'td').includes(percent === null ? '–' : `${percent}%`));
    assert.is(
      called(row, 'rect')[1]?.attributes.get('width'),
      percent === null ? undefined : String(percent),
    );
  }
  const cards = withClass(root, 'problem').map(textOf);
  assert.is(cards.length, fullReadiness.gaps.length);
  for (const { code, fixes } of fullReadiness.gaps) {
    const card = cards.find((text) => text.includes(`${code} `) || text.includes(`${code}concerns`));
    assert.ok(card, code);
    for (const { text, type } of fixes) if (type === 'command') assert.match(textOf(root), text);
  }
});

test('an apply says of each change what became of it, and above them what was not done and why', () => {
  const root = read('apply-partial');
  const said = textsOf(root, 'tbody').join('\n');
  for (const what of [
    '✓ updated',
    '✗ create failed',
    '✗ update skipped',
    '? set unknown',
    '= was already done',
  ])
    assert.match(said, what);
  const titles = textsOf(root, 'h2');
  assert.ok(titles.indexOf('Not done') < titles.findIndex((title) => title.startsWith('Changes')));
  assert.match(textOf(root), 'not everything is as planned');
});

test('the organization and every change of a plan are in the page whatever its size, and it stays small', () => {
  const many: readonly Change[] = [...changes, ...assignments].flatMap((change) =>
    Array.from({ length: 100 }, (_, at) => ({ ...change, address: `${change.address}${at}` })),
  );
  const plan: Plan = { ...fullPlan, changes: many, summary: summarize(many) };
  const text = html(resultOf('plan', { plan }), resultView);
  const root = readHtml(text);
  assert.is(
    called(root, 'tbody').filter(({ attributes }) => attributes.has('data-item')).length,
    many.length,
  );
  assert.ok(text.length < many.length * 1000, `${text.length}`);
  // What is long is folded; a summary says how much it is.
  assert.ok(called(root, 'details').every(({ attributes }) => !attributes.has('open')));
});

test('production stands out, and so does what options let pass', () => {
  const plan = { ...fullPlan, environment: 'production' as const };
  const root = readHtml(html(resultOf('plan', { plan, environment: 'production' }), resultView));
  assert.ok(withClass(root, 'badge').map(textOf).includes('production'));
  assert.match(withClass(root, 'note').map(textOf).join(), '--allow-in-use ledger_accounts.old');
});

test('a text that looks like nothing is told from nothing', () => {
  const [first] = changes;
  assert.ok(first);
  const change = { ...first, before: { name: '(none)' }, after: { name: 'x' } };
  const plan: Plan = { ...fullPlan, changes: [change], summary: summarize([change]) };
  const root = readHtml(html(resultOf('plan', { plan }), resultView));
  assert.equal(textsOf(root, 'td').slice(0, 3), ['name', '“(none)”', 'x']);
});

test('a link leads to the log of the run, and nowhere where nobody said', () => {
  const text = html(resultOf('plan', { plan: fullPlan }), { ...resultView, runUrl: null });
  const out = (root: Element) =>
    called(root, 'a')
      .map(({ attributes }) => attributes.get('href') ?? '')
      .filter((href) => !href.startsWith('#'));
  assert.equal(out(readHtml(text)), []);
  assert.equal(out(read('plan-changes')), ['https://github.com/acme/books/actions/runs/1']);
});

test('in a table of many organizations those come first that need somebody, with links to what is said of them', () => {
  const organizations = [organizationResult({ plan: fullPlan }), ...(results.many?.organizations ?? [])];
  const root = readHtml(html({ command: 'plan', many: true, exit_code: 1, organizations }, resultView));
  const rows = called(root, 'tr').filter(({ attributes }) => attributes.has('data-item'));
  assert.equal(
    rows.map((row) => called(row, 'span').map(textOf).join()),
    ['failed', 'refused', 'with changes', 'with changes', 'with changes', 'unchanged', 'skipped'],
  );
  assert.is(rows.filter((row) => called(row, 'a').length > 0).length, 4);
});

test.run();
