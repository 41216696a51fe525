import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ByHand, changeLive } from './change-live.ts';
import { freshBuild } from './fresh-build.ts';

/*
 * npm run demo: the main job against the local environment, in a temporary folder. Every command is printed as a user
 * would type it, with its real output; the demo fails when an exit code is not the expected one. Needs no account and no
 * network.
 */

const example = resolve(import.meta.dirname, '..', 'examples', 'uk-agency');
const organization = '5f0c2a7e-6d41-4c55-9a0e-2f6d3b8c1e94';
/** What somebody changes in Tesouro meanwhile. */
const byHand: readonly ByHand[] = [
  { path: 'ledger-accounts', where: ['nominal_code', '4020'], changes: { name: 'Workshops (old)' } },
  { path: 'accounting-tax-rates', where: ['code', 'RC_SERVICES'], changes: { effective_tax_rate: 2500 } },
];
const command = await freshBuild();
const folder = mkdtempSync(join(tmpdir(), 'ledgerform-demo-'));
const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
const bold = (text: string): string => (colours ? `\u001b[1m${text}\u001b[22m` : text);
const mismatches: string[] = [];

try {
  cpSync(example, folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '.ledgerform/\n');
  await play();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const each of mismatches) console.error(`✘ ${each}`);
console.log(
  bold(mismatches.length === 0 ? '\nThe demo went as it should.' : '\nThe demo did not go as it should.'),
);
process.exitCode = mismatches.length === 0 ? 0 : 1;

async function play(): Promise<void> {
  say('A services agency: accounts pulled from its accounting system, a few of its own, products and bills.');
  ledgerform(0, 'local', 'reset', '--seed', 'seed.json');
  ledgerform(0, 'list', 'ledger_accounts', '--internal');
  ledgerform(0, 'list', 'payables');
  say('The configuration is checked without the network, and committed.');
  ledgerform(0, 'validate');
  git('init', '--quiet');
  git('add', 'ledgerform.yaml', '.gitignore');
  git('commit', '--quiet', '--message', 'Configure the accounts');
  say('It is compared with what is live. What one rule gives an account is one group of the plan.');
  ledgerform(0, 'plan', '--out', 'plan.json');
  say('The saved plan is applied: exactly that, and the end check proves it.');
  ledgerform(0, 'apply', 'plan.json');
  say('A second plan is empty: exit 0, although --detailed-exitcode would say 2 for any change.');
  ledgerform(0, 'plan', '--detailed-exitcode');
  say('Somebody renames an account and raises a rate behind Ledgerform’s back...');
  const sent = await changeLive({ command, folder, environment: environment(), organization }, byHand);
  for (const each of sent) console.log(`  ${each}`);
  say('... and Ledgerform tells it apart from what the file has changed since the commit: exit 2.');
  ledgerform(2, 'drift', '--base', 'HEAD');
  say('A repair undoes exactly that.');
  ledgerform(0, 'drift', '--base', 'HEAD', '--repair', '--auto-approve');
  ledgerform(0, 'drift', '--base', 'HEAD');
  say('What is live now, with the key that manages each, and who did what when.');
  ledgerform(0, 'list', 'tax_rates');
  ledgerform(0, 'list', 'products');
  ledgerform(0, 'list', 'settings');
  ledgerform(0, 'history');
}

function say(text: string): void {
  console.log(`\n${bold(`# ${text}`)}`);
}

/** Variables of the user's own shell must not lead the demo to a real organization, nor to a repository of theirs. Nothing waits in a pager. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TESOURO|LEDGERFORM|GIT)_/.test(name));
  return {
    ...Object.fromEntries(kept),
    LEDGERFORM_PAGER: '',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Demo',
    GIT_AUTHOR_EMAIL: 'demo@example.com',
    GIT_COMMITTER_NAME: 'Demo',
    GIT_COMMITTER_EMAIL: 'demo@example.com',
  };
}

function ledgerform(expected: number, ...args: readonly string[]): void {
  run(expected, 'ledgerform', args, [process.execPath, command, ...args]);
}

function git(...args: readonly string[]): void {
  run(0, 'git', args, ['git', ...args]);
}

function run(expected: number, name: string, args: readonly string[], words: readonly string[]): void {
  const line = `${name} ${args.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ')}`;
  console.log(`\n${bold(`$ ${line}`)}`);
  const [program = '', ...rest] = words;
  const { status } = spawnSync(program, rest, {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== expected) mismatches.push(`${line} ended with ${status}, not ${expected}`);
}
