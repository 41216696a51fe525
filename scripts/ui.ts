import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { findChromium } from '../test/ui/chromium.ts';
import { findPty } from '../test/ui/pty.ts';

/*
 * npm run test:ui: what people see and type: `test/ui/*.ui.ts` in a real terminal, `test/ui/*.page.ui.ts` in a real browser. They need
 * programs that not every machine has, so they are no part of `npm test`. What cannot be run is said, and is no failure.
 */

const all = readdirSync('test/ui').filter((name) => name.endsWith('.ui.ts'));
const isPage = (name: string): boolean => name.endsWith('.page.ui.ts');
const parts = [
  {
    files: all.filter((name) => !isPage(name)),
    found: findPty() !== null,
    missing: 'neither python3 nor script (util-linux) is here to make a terminal',
  },
  {
    files: all.filter(isPage),
    found: findChromium() !== null,
    missing: 'no Chromium is here to open pages (LEDGERFORM_CHROMIUM names another program)',
  },
];
for (const { files, missing } of parts.filter(({ found }) => !found))
  console.log(`not run: ${files.join(', ')}: ${missing}`);
const files = parts.filter(({ found }) => found).flatMap((part) => part.files);
if (files.length === 0) console.log('0 passed, 0 failed');
else {
  const args = [
    '--import',
    'tsx',
    'scripts/test.ts',
    '--timeout',
    '400',
    ...files.map((name) => `test/ui/${name}`),
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
