#!/usr/bin/env node
import { version } from './version.ts';

const args = process.argv.slice(2);
const [only] = args;
if (args.length === 1 && (only === '--version' || only === '-V')) {
  // Before anything else is loaded.
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import('./commands/main.ts');
  process.exitCode = await main(args, version, new URL('..', import.meta.url));
}
