import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { execa } from 'execa';
import { freshBuild } from '../../scripts/fresh-build.ts';
import { measuredFolder } from '../../scripts/measured-build.ts';
import { leakIn } from '../../scripts/test/leaks.ts';
import {
  type Emulator,
  type EmulatorOptions,
  localCredentials,
  startEmulator,
} from '../../src/emulator/emulator.ts';

export const organization = '9d2b4c8f-2087-4738-ba91-7359683c49a4';

/** The built command; where coverage is measured its sources file by file instead, so that lines can be counted. */
export const command: readonly string[] = process.env.NODE_V8_COVERAGE
  ? ['--no-warnings', join(measuredFolder, 'cli.js')]
  : [await freshBuild()];

export interface Ran {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder without Git in which the command line runs. No run may leave a secret in what it prints or writes. */
export interface Workbench {
  readonly folder: string;
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  /** Runs `ledgerform` without a terminal, with nothing of this process's environment but the path. */
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ran>;
  /** Runs a program of the folder's, which finds the built package as if it were installed there. */
  node(args: readonly string[]): Promise<Ran>;
  /** The same as `run`, still running. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): ReturnType<typeof launch>;
  remove(): Promise<void>;
}

/** A workbench with these files. What is secret besides the credentials of the runs must be said. */
export async function openWorkbench(
  files: Readonly<Record<string, string>> = {},
  secret: readonly string[] = [],
): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-test-'));
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const secrets = new Set(secret);
  const started: (() => Promise<void>)[] = [];
  const begin = (args: readonly string[], environment: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(environment)) {
      if (/^TESOURO_.*(SECRET|ACCESS_TOKEN)$/.test(name)) secrets.add(value.trim());
      for (const [, password = ''] of value.matchAll(/:\/\/[^/:@]*:([^/@]+)@/g)) secrets.add(password);
    }
    return launch(folder, args, environment);
  };
  return {
    folder,
    write,
    read: (name) => readFile(join(folder, name), 'utf8'),
    run: async (args, environment = {}) => {
      const { exitCode, stderr, stdout } = await begin(args, environment);
      searchOutput(args, { code: exitCode, stdout, stderr }, [...secrets]);
      await searchFiles(folder, [...secrets]);
      return { code: exitCode, stdout, stderr };
    },
    node: async (args) => {
      installed(folder);
      const { exitCode, stderr, stdout } = await launchNode(folder, args, {});
      searchOutput(args, { code: exitCode, stdout, stderr }, [...secrets]);
      await searchFiles(folder, [...secrets]);
      return { code: exitCode, stdout, stderr };
    },
    start: (args, environment = {}) => {
      const child = begin(args, environment);
      started.push(async () => {
        child.kill('SIGKILL');
        const { exitCode, stderr, stdout } = await child;
        searchOutput(args, { code: exitCode, stdout, stderr }, [...secrets]);
      });
      return child;
    },
    remove: async () => {
      for (const end of started) await end();
      await searchFiles(folder, [...secrets]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Throws when a command has printed a secret; the local one is only for `local start` to print. */
function searchOutput(args: readonly string[], { stdout, stderr }: Ran, secrets: readonly string[]): void {
  const isLocalStart = args[0] === 'local' && args[1] === 'start';
  const result = isLocalStart ? stdout.replaceAll(localCredentials.secret, '') : stdout;
  const leak = leakIn(result, secrets) ?? leakIn(stderr, secrets);
  if (leak !== null) throw new Error(`ledgerform ${args.join(' ')} printed ${leak}`);
}

async function searchFiles(folder: string, secrets: readonly string[]): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes(`${sep}.git${sep}`)) continue;
    // A command that still runs may have removed it.
    const text = await readFile(path, 'latin1').catch(() => '');
    const leak = leakIn(text, secrets);
    if (leak !== null) throw new Error(`${relative(folder, path)} holds ${leak}`);
  }
}

/** The package as it is built, where Node looks for it from a folder. */
function installed(folder: string): void {
  const place = join(folder, 'node_modules', 'ledgerform');
  if (existsSync(place)) return;
  mkdirSync(dirname(place));
  symlinkSync(resolve(import.meta.dirname, '..', '..'), place, 'dir');
}

const launch = (folder: string, args: readonly string[], environment: Readonly<Record<string, string>>) =>
  launchNode(folder, [...command, ...args], environment);

function launchNode(folder: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { NODE_V8_COVERAGE, PATH } = process.env;
  return execa(process.execPath, [...args], {
    cwd: folder,
    env: { PATH, ...(NODE_V8_COVERAGE ? { NODE_V8_COVERAGE } : {}), ...environment },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    timeout: 60_000,
  });
}

/** An emulator that a configuration with `environment: sandbox` talks to. */
export interface Sandbox {
  readonly emulator: Emulator;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts an emulator with a seeded organization and says how to reach it. */
export async function openSandbox(options: Partial<EmulatorOptions> = {}): Promise<Sandbox> {
  const emulator = await startEmulator({
    port: 0,
    file: null,
    seed: seedOf({}),
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
    ...options,
  });
  const { id, secret } = localCredentials;
  const environment = { TESOURO_API_URL: emulator.url, TESOURO_CLIENT_ID: id, TESOURO_CLIENT_SECRET: secret };
  return { emulator, environment };
}

/** A seed with one organization. */
export const seedOf = (members: Readonly<Record<string, unknown>>): unknown => ({
  organizations: [{ id: organization, name: 'Acme GmbH', ...members }],
});

/** A configuration of that organization; the body is the rest of the file. */
export const configuration = (body: string, environment = 'sandbox'): string =>
  `version: 1\norganization: { id: ${organization}, name: Acme GmbH }\nenvironment: ${environment}\n${body}`;

export const accounts = `ledger_accounts:
  consulting:
    name: Consulting income
    nominal_code: "4010"
  cash:
    name: Cash clearing
    nominal_code: "1090"
settings:
  ledger_accounts:
    payments: cash
`;

/** The one JSON document that stdout must be. */
export function jsonOf(ran: Ran): Record<string, unknown> {
  const value: unknown = JSON.parse(ran.stdout);
  if (typeof value !== 'object' || value === null) throw new Error(`no document: ${ran.stdout}`);
  return { ...value };
}

/** The codes of the problems in a document. */
export function codesOf(document: Record<string, unknown>): readonly string[] {
  const { problems } = document;
  if (!Array.isArray(problems)) throw new Error('the document has no problems');
  return problems.map((each: { readonly code: string }) => each.code);
}
