import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check, checkCommand, checkTests, conclude, run, succeed, tally } from './check/checks.ts';
import { examplesIn } from './examples/example-commands.ts';
import { leakIn } from './test/leaks.ts';

/*
 * npm run ci, called by .ci/run after `npm ci`: npm test with its coverage, a sixteenth of the mutants, what needs a terminal or a browser where there is one, and the package as a user gets it,
 * packed, installed elsewhere and run on every Node version that is promised.
 */

const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', path, ...args];
/** Majors besides the one that runs this; npm has their binaries. */
const otherNodes = ['22', '24'];
const folder = mkdtempSync(join(tmpdir(), 'ledgerform-ci-'));
const { LEDGERFORM_ENV: _, ...env } = process.env;
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }; // our own file

// What commands run that tests start is not counted: counting there takes longer than the tests themselves. So the lines of
// src/commands, which those commands run, are not counted here; without these options they are.
const starting = [
  'reliability',
  'examples',
  'scenarios',
  'package',
  'workflows',
  'docs',
  'commands',
  'runner',
];
const uncounting = starting.flatMap((each) => ['--uncounting', `test/${each}`]);
const coverage = ['--coverage', ...uncounting, '--uncounted', 'src/commands/**'];
await checkTests(script('scripts/check.ts', ...coverage), 2400);
// One in forty-eight, which the commit chooses: all take as long as the tests themselves. npm run mutants tries them all.
const { stdout: commit } = await run('git', ['rev-parse', 'HEAD']);
const share = `${((Number.parseInt(commit.slice(0, 6), 16) || 0) % 48) + 1}/48`;
console.log(`mutants: the share ${share}`);
const green = tally.failed === 0 ? ['--green'] : [];
await checkTests(script('scripts/mutants.ts', '--share', share, ...green), 1800);
await checkTests(script('scripts/ui.ts'), 600);
await checkCommand('demo', script('scripts/demo.ts'));
const tarball = join(folder, `ledgerform-${version}.tgz`);
await check(
  'pack',
  async () => void (await succeed('npm', ['pack', '--ignore-scripts', '--pack-destination', folder])),
);
await checkCommand('publint', ['node_modules/publint/src/cli.js', 'run', tarball, '--strict']);
await checkCommand('are the types wrong', [
  'node_modules/@arethetypeswrong/cli/dist/index.js',
  tarball,
  '--profile',
  'esm-only',
]);
const user = await installed();
if (user !== null) {
  await check('import from ledgerform, with types', () => importCompiles(user));
  // Each in a folder of its own, because the examples keep what they have applied.
  const others = otherNodes.map((major) => [major, copyOf(user, major)] as const);
  await Promise.all([
    smoke(process.execPath, user),
    ...others.map(([major, folder]) => onNode(major, folder)),
  ]);
}
rmSync(folder, { recursive: true, force: true });
conclude();

/** A folder with nothing but the packed tarball installed, and the examples beside it. */
async function installed(): Promise<string | null> {
  const user = mkdtempSync(join(folder, 'user-'));
  writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }\n');
  const done = await check('install the packed tarball; it brings no other package', async () => {
    await succeed('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', tarball], { cwd: user });
    const packages = readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'));
    if (packages.join() !== 'ledgerform') throw new Error(`installed: ${packages.join(', ')}`);
    cpSync('examples', join(user, 'examples'), { recursive: true });
  });
  return done ? user : null;
}

function copyOf(user: string, major: string): string {
  const copy = `${user}-${major}`;
  cpSync(user, copy, { recursive: true });
  return copy;
}

async function importCompiles(user: string): Promise<void> {
  const source = `${readFileSync('test/library/consumer.ts.txt', 'utf8')}
import manifest from 'ledgerform/package.json' with { type: 'json' };
export const same: boolean = version === manifest.version;
`;
  writeFileSync(join(user, 'use.ts'), source);
  const options = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--target',
    'es2022',
    '--skipLibCheck',
    'false',
    '--module',
    'nodenext',
    '--resolveJsonModule',
    '--noEmit',
  ];
  const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
  await succeed(
    process.execPath,
    [resolve('node_modules/typescript/bin/tsc'), ...options, ...types, 'use.ts'],
    { cwd: user },
  );
  const loads = "import('ledgerform').then((m) => process.stdout.write(m.version))";
  const printed = await succeed(process.execPath, ['-e', loads], { cwd: user });
  if (printed !== version) throw new Error(`the import says version ${printed}`);
}

/** `--version`, then what every example tells to run, with the installed command on one Node. */
async function smoke(node: string, user: string): Promise<void> {
  const command = join(user, 'node_modules/ledgerform/dist/cli.js');
  const { stdout: nodeVersion } = await run(node, ['--version']);
  const label = `Node ${nodeVersion.trim()}`;
  await check(`${label}: --version`, async () => {
    const printed = await succeed(node, [command, '--version'], { cwd: user, env });
    if (!printed.includes(version)) throw new Error(`it printed ${printed}`);
  });
  await check(`${label}: an unknown option is refused with 3`, async () => {
    const { code } = await run(node, [command, 'plan', '--no-such-option'], { cwd: user, env });
    if (code !== 3) throw new Error(`it ended with ${code}`);
  });
  for (const { commands, folder, name } of examplesIn(join(user, 'examples')))
    await check(`${label}: the commands of examples/${name}`, async () => {
      for (const { args, exitCode, line, program } of commands) {
        const script = program === 'node' ? [] : [command];
        const { code, stderr, stdout } = await run(node, [...script, ...args], { cwd: folder, env });
        if (code !== exitCode) throw new Error(`${line}\nended with ${code}\n${stdout}${stderr}`);
        const leak = leakIn(stdout + stderr);
        if (leak !== null) throw new Error(`${line}\nprinted ${leak}`);
      }
    });
}

/** The same smoke test on another Node, whose binary comes from npm. No binary is a failure. */
async function onNode(major: string, user: string): Promise<void> {
  const home = mkdtempSync(join(folder, `node-${major}-`));
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const node = join(home, 'node_modules', name, 'bin', 'node');
  const got = await check(`get Node ${major}`, async () => {
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    await succeed('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${major}`], {
      cwd: home,
    });
    if (!existsSync(node)) throw new Error(`${node} is missing`);
    const { stdout } = await run(node, ['--version']);
    if (!stdout.startsWith(`v${major}.`)) throw new Error(`it is ${stdout}`);
  });
  if (got) await smoke(node, user);
}
