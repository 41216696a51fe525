import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { size } from '../../scripts/record/play.ts';
import { rowsIn } from '../record/shown.ts';
import { type Browser, findChromium, startChromium, type Tab } from './chromium.ts';
import { type Look, lookAt, shoot } from './pages.ts';

/* The picture of the recorded session in a real browser: the committed file, as GitHub serves it. */

const test = suite('the picture of the recorded session in a browser');
const url = pathToFileURL(resolve('docs/session.svg')).href;
/** The last row, a prompt. */
const last = rowsIn(readFileSync('docs/session.svg', 'utf8')).length - 1;
const still: Look = { motion: 'reduce' };

let browser: Browser;
test.before(async () => {
  const program = findChromium();
  if (program === null) throw new Error('no Chromium is here to open pages');
  browser = await startChromium(program);
});
test.after(() => browser.close());

async function opened(look: Look): Promise<Tab> {
  const tab = await browser.newTab();
  await lookAt(tab, { width: 830, ...look });
  await tab.open(url);
  return tab;
}

/** The rows that are in the opening and not behind the curtain. */
const visible = `(() => {
  const box = (element) => element.getBoundingClientRect();
  // What is cut off counts for the box of a picture in the picture, so its own measures are asked.
  const [top, height] = ['y', 'height'].map((name) => Number(document.querySelector('svg > svg').getAttribute(name)));
  const below = box(document.querySelector('.curtain .page + .page'));
  return [...document.querySelectorAll('use')]
    .filter((row) => {
      const middle = (box(row).top + box(row).bottom) / 2;
      return middle > top && middle < Math.min(top + height, below.top);
    })
    .map((row) => row.getAttribute('y') / 20);
})()`;

/** At an instant of its time. */
const at = (milliseconds: number): string =>
  `for (const each of document.getAnimations()) { each.pause(); each.currentTime = ${milliseconds}; }`;

test('it is a picture, asks for nothing else, and is told to whoever does not see it', async () => {
  const tab = await opened({});
  assert.is(await tab.evaluate('document.documentElement.localName'), 'svg');
  assert.is(await tab.evaluate("document.querySelectorAll('parsererror').length"), 0);
  assert.equal(
    tab.events('Network.requestWillBeSent').map(({ request }) => JSON.stringify(request).includes(url)),
    [true],
  );
  const { nodes } = await tab.send('Accessibility.getFullAXTree');
  assert.match(JSON.stringify(nodes), 'Ledgerform in a terminal');
  await tab.close();
});

test('it begins with a prompt, and each moment shows more than the one before or has gone up', async () => {
  const tab = await opened({});
  assert.equal(await tab.evaluate(`${at(0)}${visible}`), [1]);
  const durations = await tab.evaluate(
    'document.getAnimations().map(({ effect }) => effect.getTiming().duration)',
  );
  const [total = 0] = durations as readonly number[]; // by the browser, of two animations
  assert.ok(total >= 20_000 && total <= 40_000, String(total));
  let before: readonly number[] = [1];
  for (const share of [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999]) {
    const rows = (await tab.evaluate(`${at(share * total)}${visible}`)) as readonly number[]; // as `visible` says
    const [top = -1, end = -1] = [rows[0], rows.at(-1)];
    assert.ok(top >= (before[0] ?? 0) && end >= (before.at(-1) ?? 0), `${before} ${rows}`);
    assert.ok(end - top < size.rows, `${rows}`);
    await shoot(tab, `session-${share}`);
    before = rows;
  }
  assert.is(before.at(-1), last);
  await tab.close();
});

for (const scheme of ['light', 'dark'] as const)
  test(`without motion it is the last screen, ${scheme}`, async () => {
    const tab = await opened({ ...still, scheme });
    assert.is(await tab.evaluate('document.getAnimations().length'), 0);
    const rows = (await tab.evaluate(visible)) as readonly number[]; // as `visible` says
    assert.equal([rows.at(-1), (rows[0] ?? 0) > last - size.rows], [last, true]);
    const page = await tab.evaluate("getComputedStyle(document.querySelector('.page')).fill");
    assert.is(page, scheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)');
    await shoot(tab, `session-${scheme}`);
    await tab.close();
  });

test('columns align in a font of any width', async () => {
  const tab = await opened(still);
  const off = await tab.evaluate(`
    document.querySelector('style').append('text{font-family:serif !important}');
    // What is only there to be used again is not laid out.
    document.querySelector('.sheet').append(...document.querySelectorAll('defs > g'));
    const texts = [...document.querySelectorAll('text')].filter(({ textContent }) => /^[ -~]{2,}$/.test(textContent));
    const wide = (text) => text.getEndPositionOfChar(text.getNumberOfChars() - 1).x - text.getAttribute('x');
    const off = texts.filter((text) => Math.abs(wide(text) - text.textContent.length * 8.4) > 1);
    [texts.length > 20, off.map(({ textContent }) => textContent)]`);
  assert.equal(off, [true, []]);
  await tab.close();
});

test.run();
