import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change } from '../../src/model/plan.ts';
import type { Gap } from '../../src/model/readiness.ts';
import type { Result } from '../../src/model/result.ts';
import { summarize } from '../../src/plan/seal.ts';
import { html } from '../../src/render/html/html.ts';
import { fullReadiness } from '../accounting/readiness/full-readiness.ts';
import { hostileTexts } from '../reliability/hostile/texts.ts';
import { elementsOf, readHtml } from '../render/html-reader.ts';
import { fullPlan, poisoned, resultOf, results, resultView } from '../render/result-document.ts';
import type { Tab } from './chromium.ts';
import { lookAt, openStand, press, shoot, violationsIn } from './pages.ts';

/* Pages of results in a real browser. */

const test = suite('pages in a real browser');
const stand = await openStand();
test.after(() => stand.close());

const numbered = (change: Change, at: number): Change => ({
  ...change,
  address: change.address.replace(/(?=\]$)|$/, String(at)),
  label: `${change.label} ${at}`,
});
/** Of each change of a full plan so many. */
const largePlan = (times: number): Result => {
  const changes = fullPlan.changes.flatMap((each) =>
    Array.from({ length: times }, (_, at) => numbered(each, at)),
  );
  return resultOf('plan', { plan: { ...fullPlan, changes, summary: summarize(changes) }, exit_code: 2 });
};
const large = largePlan(60);
/** A page of each command, with all that it can have. */
const looked = [
  'validate-wrong',
  'plan-nothing',
  'plan-refused',
  'drift',
  'readiness-not-ready',
  'apply-partial',
  'many',
];
const pageOf = (name: string): Result => results[name] ?? large;

/** What would be seen of a page: rows of changes that are on the screen. */
const rowsSeen = `[...document.querySelectorAll('tbody[data-item]')].filter((each) => each.checkVisibility()).length`;
const status = `document.querySelector('[role=status]').textContent`;
const allOpen = `document.querySelectorAll('details').forEach((each) => { each.open = true; })`;
/** Elements that reach out of the page, but for those that only a reader of screens gets. */
const tooWide = `[...document.querySelectorAll('body *')].filter((each) => {
  const { left, right, width } = each.getBoundingClientRect();
  return width > 1 && !each.matches('.skip, caption, thead *') && (left < -1 || right > document.documentElement.clientWidth + 1);
}).map((each) => each.outerHTML.slice(0, 120))`;

/** Texts whose marks, however many are piled up, could be drawn over what others say. */
const unclipped = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  const clipped = (each) => each !== document.body && (getComputedStyle(each).overflowY !== 'visible' || clipped(each.parentElement));
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() !== '' && parentElement.checkVisibility() && parentElement.closest('.skip, form') === null && !clipped(parentElement)) found.push(parentElement.outerHTML.slice(0, 80));
  }
  return found;
})()`;

/** Fills the fields of the search, those that are not named with nothing, and waits until the page has followed. */
const type = (tab: Tab, values: Readonly<Record<string, string>>): Promise<unknown> =>
  tab.evaluate(`(async () => {
    const form = document.getElementById('tools');
    form.reset();
    for (const [name, value] of Object.entries(${JSON.stringify(values)})) form.elements[name].value = value;
    form.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, document.querySelectorAll('[data-item]').length > 500 ? 400 : 20));
  })()`);

/** A page asks for nothing, and nothing goes wrong in it. */
function isQuiet(tab: Tab, name: string): void {
  const asked = tab
    .events('Network.requestWillBeSent')
    .map(({ request }) => (request as { url: string }).url); // as the protocol has it
  assert.is(asked.filter((url) => !/^file:.*\.html$/.test(url)).length, 0, `${name}: ${asked}`);
  assert.is(asked.length, 1, name);
  for (const event of ['Log.entryAdded', 'Runtime.exceptionThrown', 'Page.javascriptDialogOpening'])
    assert.equal(tab.events(event), [], `${name}: ${event}`);
}

for (const name of looked)
  test(`${name}: everybody can use it by day, by night and on a telephone, and it asks for nothing`, async () => {
    const tab = await stand.show(pageOf(name));
    await tab.evaluate(allOpen);
    const looks = [
      { scheme: 'light', width: 1280 },
      { scheme: 'dark', width: 1280 },
      { scheme: 'light', width: 400 },
    ] as const;
    for (const look of looks) {
      await lookAt(tab, look);
      assert.equal(await violationsIn(tab), [], JSON.stringify(look));
      await shoot(tab, `${name}-${look.scheme}-${look.width}`);
    }
    for (const width of [1280, 700, 400, 320]) {
      await lookAt(tab, { width });
      assert.equal(await tab.evaluate(tooWide), [], `${width}`);
    }
    isQuiet(tab, name);
    await tab.close();
  });

test('filters narrow the changes, say how many are left, and open what they are in', async () => {
  const tab = await stand.show(pageOf('large'));
  const narrow = async (values: Readonly<Record<string, string>>) => {
    await type(tab, values);
    return tab.evaluate(rowsSeen);
  };
  const all = fullPlan.changes.length * 60;
  const count = (fits: (change: Change) => boolean) => fullPlan.changes.filter(fits).length * 60;
  const said = (many: number) =>
    `${many.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} changes shown`;
  const rows: readonly (readonly [Readonly<Record<string, string>>, number])[] = [
    [{ kind: 'tax_rate' }, count(({ kind }) => kind === 'tax_rate')],
    [{ action: 'delete' }, count(({ action }) => action === 'delete')],
    [{ reason: 'rule' }, count(({ reason }) => reason === 'rule')],
    [{ action: 'update', reason: 'conflict' }, count(({ reason }) => reason === 'conflict')],
    [{ text: '  CASH   clearing 59 ' }, 1],
    [{ text: 'no such text' }, 0],
  ];
  for (const [values, wanted] of rows) {
    assert.is(await narrow(values), wanted, JSON.stringify(values));
    assert.is(await tab.evaluate(status), said(wanted));
  }
  // So many that laying them out would take long stay folded; the count is right.
  await narrow({ text: 'a' });
  assert.is(await tab.evaluate(status), said(all));
  assert.is(await tab.evaluate(`document.querySelectorAll('details[open]').length`), 0);
  // A heading without anything below it is gone as well, and comes back.
  await narrow({ kind: 'tax_rate' });
  const headings = `[...document.querySelectorAll('h3')].filter((each) => each.checkVisibility() && each.closest('[data-holder]')).map((each) => each.firstChild.textContent.trim())`;
  assert.equal(await tab.evaluate(headings), ['Tax rates']);
  await narrow({});
  assert.is(await tab.evaluate(status), said(all));
  assert.is(
    await tab.evaluate(`document.querySelectorAll('[data-item][hidden], [data-holder][hidden]').length`),
    0,
  );
  // What was folded is folded again.
  assert.is(
    await tab.evaluate(`[...document.querySelectorAll('details')].filter((each) => each.open).length`),
    0,
  );
  await tab.close();
});

test('gaps are searched by what stands in them, also folded, and narrowed by objects and severity', async () => {
  const tab = await stand.show(pageOf('readiness-not-ready'));
  const cards = `[...document.querySelectorAll('div[data-item]')].filter((each) => each.checkVisibility()).length`;
  const narrow = async (values: Readonly<Record<string, string>>) => {
    await type(tab, values);
    return tab.evaluate(cards);
  };
  const { gaps } = fullReadiness;
  assert.is(await narrow({ type: 'bills' }), gaps.filter(({ types }) => types.includes('bills')).length);
  assert.is(await narrow({ severity: 'warns' }), gaps.filter(({ severity }) => severity === 'warns').length);
  const places = (gap: Gap) => gap.groups.flatMap((group) => group.places);
  const [folded] = gaps.filter((gap) => gap.groups.some((group) => group.places.length > 3));
  const [place] = folded ? places(folded).toReversed() : [];
  assert.ok(place);
  const wanted = gaps.filter((gap) => places(gap).some(({ id }) => id === place.id)).length;
  assert.is(await narrow({ text: place.id }), wanted);
  assert.is(await tab.evaluate(status), `${wanted} of ${gaps.length} gaps shown`);
  assert.is(
    await tab.evaluate(
      `[...document.querySelectorAll('.places code')].some((each) => each.checkVisibility() && each.textContent === ${JSON.stringify(place.id)})`,
    ),
    true,
  );
  await tab.close();
});

test('of many organizations the name of one leaves its row and its changes', async () => {
  const tab = await stand.show(pageOf('many'));
  const seen = `[...document.querySelectorAll('h2')].filter((each) => each.checkVisibility()).map((each) => each.firstChild.textContent.trim())`;
  const before = (await tab.evaluate(seen)) as readonly string[]; // texts, as asked for
  assert.ok(before.some((title) => title === '2 organizations: the same 6 changes'));
  await type(tab, { text: 'brix' });
  assert.is(
    await tab.evaluate(
      `[...document.querySelectorAll('tr[data-item]')].filter((each) => each.checkVisibility()).length`,
    ),
    1,
  );
  assert.is(await tab.evaluate(rowsSeen), 6);
  await tab.close();
});

test('without scripts everything can be read, and nothing is offered that does nothing', async () => {
  for (const name of [...looked, 'large']) {
    const tab = await stand.show(pageOf(name), { scripts: 'off' });
    assert.is(
      await tab.evaluate(`[...document.querySelectorAll('#tools')].some((each) => each.checkVisibility())`),
      false,
    );
    // Unfolding is the browser's own work.
    await tab.evaluate(allOpen);
    assert.is(
      await tab.evaluate(rowsSeen),
      await tab.evaluate(`document.querySelectorAll('tbody[data-item]').length`),
    );
    assert.is(await tab.evaluate(`document.querySelectorAll('main [hidden]:not(#tools)').length`), 0);
    isQuiet(tab, name);
    await tab.close();
  }
});

test('the keyboard reaches everything in order, and shows where it is', async () => {
  const tab = await stand.show(pageOf('plan-refused'));
  const reached: string[] = [];
  for (let at = 0; at < 28; at += 1) {
    await press(tab, 'Tab', 'Tab', 9);
    const [what, outline] = (await tab.evaluate(
      `[document.activeElement.id || document.activeElement.textContent.trim().split(' ').slice(0, 4).join(' '), getComputedStyle(document.activeElement).outlineWidth]`,
    )) as readonly [string, string]; // as asked for
    if (what !== '') reached.push(what);
    assert.is(outline, '3px', what);
  }
  // What must not be overlooked is led to first, and then each kind.
  assert.equal(reached.slice(0, 3), ['Skip to the content', '1180 Old', '4030 Retainers']);
  const inOrder = [
    'Tax rates',
    'Ledger accounts',
    'Settings',
    'Product assignments',
    'Line item assignments',
    'text',
    'kind',
    'action',
    'reason',
    'Clear',
    'Expand all',
    'Collapse all',
  ];
  const from = reached.indexOf('Tax rates');
  assert.equal(reached.slice(from, from + inOrder.length), inOrder);
  assert.match(reached[from + inOrder.length] ?? '', '7 products by rule');
  await tab.close();

  const again = await stand.show(pageOf('plan-refused'));
  const type = async (text: string) => {
    for (const sign of text) await press(again, sign, '', 0, sign);
  };
  await press(again, 'Tab', 'Tab', 9);
  await press(again, 'Enter', 'Enter', 13, '\r');
  assert.is(await again.evaluate(`document.activeElement.id`), 'content');
  // From the content to the field by as many tabs as there are links before it.
  for (let at = 0; at < from + 5; at += 1) await press(again, 'Tab', 'Tab', 9);
  assert.is(await again.evaluate(`document.activeElement.id`), 'text');
  await type('retainers');
  await again.evaluate(`new Promise((resolve) => setTimeout(resolve, 50))`);
  assert.is(await again.evaluate(rowsSeen), 1);
  await again.close();
});

test('Expand all and Collapse all do so', async () => {
  const tab = await stand.show(pageOf('readiness-not-ready'));
  const open = `[...document.querySelectorAll('details')].map((each) => each.open)`;
  for (const [which, wanted] of [
    ['all', true],
    ['none', false],
  ] as const) {
    await tab.evaluate(`document.querySelector('[data-open=${which}]').click()`);
    const states = (await tab.evaluate(open)) as readonly boolean[]; // as asked for
    assert.ok(states.length > 1);
    assert.ok(states.every((each) => each === wanted));
  }
  await tab.close();
});

test('paper has all of it: nothing folded, nothing cut, no row on two pages, and colours of the day', async () => {
  for (const name of looked) {
    const result = pageOf(name);
    // Without scripts: nobody unfolds anything before it is printed.
    const tab = await stand.show(result, { media: 'print', scheme: 'dark', scripts: 'off', width: 700 });
    assert.is(
      await tab.evaluate(
        `[...document.querySelectorAll('tbody, tr')].filter((each) => each.getBoundingClientRect().height === 0).length`,
      ),
      0,
      name,
    );
    assert.equal(await tab.evaluate(tooWide), [], name);
    const kept = `[...document.querySelectorAll('.changes tbody, .rows tr, .problem:not([data-item]), .problem li')].every((each) => getComputedStyle(each).breakInside === 'avoid')
      && [...document.querySelectorAll('thead')].every((each) => getComputedStyle(each).display === 'table-header-group')`;
    assert.is(await tab.evaluate(kept), true, name);
    assert.is(await tab.evaluate(`getComputedStyle(document.body).backgroundColor`), 'rgb(255, 255, 255)');
    const { data } = await tab.send('Page.printToPDF', {
      paperWidth: 8.27,
      paperHeight: 11.69,
      preferCSSPageSize: true,
    });
    assert.is(Buffer.from(String(data), 'base64').subarray(0, 5).toString(), '%PDF-');
    await shoot(tab, `${name}-print`);
    await tab.close();
  }
});

test('what is printed while it is filtered says that it is not everything', async () => {
  const tab = await stand.show(pageOf('plan-refused'));
  const note = `getComputedStyle(document.querySelector('[role=status]'), '::before').content`;
  const shown = `document.querySelector('[role=status]').checkVisibility()`;
  await lookAt(tab, { media: 'print' });
  assert.is(await tab.evaluate(shown), false);
  await type(tab, { action: 'delete' });
  assert.is(await tab.evaluate(shown), true);
  assert.match(String(await tab.evaluate(note)), 'not everything');
  assert.is(await tab.evaluate(`document.getElementById('text').checkVisibility()`), false);
  await lookAt(tab, {});
  assert.is(await tab.evaluate(note), 'none');
  await tab.close();
});

test('a name above the tables leads to its row, also where that is filtered away or folded', async () => {
  const tab = await stand.show(pageOf('plan-refused'), { motion: 'reduce' });
  await type(tab, { kind: 'tax_rate' });
  await tab.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = false; })`);
  const seen = `(() => { const { top, bottom } = document.querySelector(':target').getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; })()`;
  for (const name of ['1180 Old', 'SKU-106 Consulting hour 6']) {
    await tab.evaluate(
      `[...document.querySelectorAll('.names a')].find(({ textContent }) => textContent === ${JSON.stringify(name)}).click()`,
    );
    assert.is(await tab.evaluate(seen), true, name);
    assert.match(String(await tab.evaluate(`document.querySelector(':target').textContent`)), name);
  }
  assert.is(await tab.evaluate(rowsSeen), fullPlan.changes.length);
  await tab.close();
});

test('who wants less motion gets none', async () => {
  const tab = await stand.show(pageOf('plan-refused'), { motion: 'reduce' });
  const behaviour = `getComputedStyle(document.documentElement).scrollBehavior`;
  assert.is(await tab.evaluate(behaviour), 'auto');
  await lookAt(tab, {});
  assert.is(await tab.evaluate(behaviour), 'smooth');
  await tab.close();
});

test('a browser reads of a page with hostile texts what our own reader reads, element by element and text by text', async () => {
  const tab = await stand.show(pageOf('plan-nothing'));
  const shape = `(text) => [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('*')].map((each) =>
    [each.localName, ...each.getAttributeNames().map((name) => name + '=' + each.getAttribute(name)),
      ...[...each.childNodes].filter(({ nodeType }) => nodeType === 3).map((node) => node.data)].join('|'))`;
  for (const [what, text] of Object.entries(hostileTexts))
    for (const result of poisoned(text, `x${text}y`, 1)) {
      const page = html(result, resultView);
      const ours = elementsOf(readHtml(page)).map(({ attributes, children, name }) =>
        [
          name,
          ...[...attributes].map(([key, value]) => `${key}=${value}`),
          ...children.filter((each) => typeof each === 'string'),
        ].join('|'),
      );
      const theirs = (await tab.evaluate(`(${shape})(${JSON.stringify(page)})`)) as readonly string[]; // as asked for
      assert.is(theirs.length, ours.length, what);
      theirs.forEach((each, at) => {
        if (!/^(?:style|script|html|head|body)/.test(each)) assert.is(each, ours[at], what);
      });
    }
  await tab.close();
});

test('a page full of hostile texts runs nothing, asks nobody, and everybody can use it', async () => {
  const signs = Object.values(hostileTexts).filter((text) => /[<&"']/.test(text));
  const all = signs.join(' ');
  for (const result of poisoned(all, signs.toReversed().join(' '), 1)) {
    const tab = await stand.show(result, { width: 400 });
    await tab.evaluate(allOpen);
    assert.equal(await tab.evaluate(tooWide), [], result.command);
    assert.equal(await tab.evaluate(unclipped), [], result.command);
    assert.equal(await violationsIn(tab), [], result.command);
    isQuiet(tab, result.command);
    await tab.close();
  }
});

test.run();
