import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { findPty } from '../test/ui/pty.ts';

/*
 * npm run test:ui: what people see and type, in a real terminal: test/ui/*.ui.ts. It needs a program that makes terminals, so it is no part of
 * `npm test`, whose tests drive the same questions through streams.
 */

if (findPty() === null)
  console.log('not run: neither python3 nor script (util-linux) is here to make a terminal');
else {
  const files = readdirSync('test/ui').filter((name) => name.endsWith('.ui.ts'));
  const args = ['--import', 'tsx', 'scripts/test.ts', ...files.map((name) => `test/ui/${name}`)];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
