import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Result } from '../../src/model/result.ts';
import { html } from '../../src/render/html/html.ts';
import { resultView } from '../render/result-document.ts';
import { type Browser, findChromium, startChromium, type Tab } from './chromium.ts';

/** How somebody looks at a page. */
export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly media?: 'screen' | 'print';
  readonly motion?: 'reduce' | 'no-preference';
  readonly scripts?: 'on' | 'off';
}

/** Pages as files in a browser. */
export interface Stand {
  /** Opens the page of a result in a tab of its own. */
  readonly show: (result: Result, look?: Look) => Promise<Tab>;
  readonly close: () => Promise<void>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A browser, which must be there: scripts/ui.ts asks before. */
export async function openStand(): Promise<Stand> {
  const program = findChromium();
  if (program === null) throw new Error('no Chromium is here to open pages');
  const browser: Browser = await startChromium(program);
  const folder = mkdtempSync(join(tmpdir(), 'ledgerform-pages-'));
  let count = 0;
  return {
    show: async (result, look = {}) => {
      count += 1;
      const file = join(folder, `${count}.html`);
      writeFileSync(file, html(result, resultView));
      const tab = await browser.newTab();
      await lookAt(tab, look);
      await tab.open(pathToFileURL(file).href);
      return tab;
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Changes how a tab is looked at. */
export async function lookAt(tab: Tab, look: Look): Promise<void> {
  const { media = 'screen', motion = 'no-preference', scheme = 'light', scripts = 'on', width = 1280 } = look;
  await tab.send('Emulation.setScriptExecutionDisabled', { value: scripts === 'off' });
  await tab.send('Emulation.setDeviceMetricsOverride', {
    width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: false,
  });
  await tab.send('Emulation.setEmulatedMedia', {
    media,
    features: [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: motion },
    ],
  });
}

/** What axe-core finds, each with where: nothing of a page that everybody can use. */
export async function violationsIn(tab: Tab): Promise<unknown> {
  await tab.evaluate(`${axe}; 0`);
  return tab.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => [id, html.slice(0, 200), failureSummary])))`,
  );
}

/** Presses a key. */
export async function press(tab: Tab, key: string, code = key, keyCode = 0, text?: string): Promise<void> {
  const what = { key, code, windowsVirtualKeyCode: keyCode, ...(text === undefined ? {} : { text }) };
  await tab.send('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...what });
  await tab.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode: keyCode });
}

/** A picture of the whole page where LEDGERFORM_SCREENSHOTS names a folder: for people to look at. */
export async function shoot(tab: Tab, name: string): Promise<void> {
  const folder = process.env.LEDGERFORM_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const { data } = await tab.send('Page.captureScreenshot', { captureBeyondViewport: true });
  writeFileSync(join(folder, `${name}.png`), Buffer.from(String(data), 'base64'));
}
