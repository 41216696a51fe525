import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import { localCredentials } from '../../src/emulator/emulator.ts';
import { accounts, command, configuration, openSandbox, type Sandbox } from '../commands/workbench.ts';
import { type GitWorld, openGitWorld } from './git-world.ts';
import { type Tracker, trackLines } from './tracked-lines.ts';

/** Everything around a pipeline: the service behind the tool, Git, a machine, and the lines that were run. */
export interface Stand {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly git: GitWorld;
  readonly tracker: Tracker;
  /** A PATH with the tool, and one without, where `npm install --global` puts it. */
  readonly path: string;
  readonly barePath: string;
  readonly npm: Readonly<Record<string, string>>;
  /** The packed tool, as `npm install` takes it. */
  readonly packed: () => Promise<string>;
  /** Somebody changes what is live without the repository: the accounts of this configuration. */
  readonly meddle: (body: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const project = resolve(import.meta.dirname, '..', '..');

/** A repository as `ledgerform init` makes it, for an organization in the sandbox. */
export async function openStand(ci: 'github' | 'gitlab' | 'shell', seed?: unknown): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-ci-'));
  const bin = join(folder, 'bin');
  const prefix = join(folder, 'prefix');
  await mkdir(bin);
  await mkdir(join(prefix, 'bin'), { recursive: true });
  const words = [process.execPath, ...command].map((word) => `'${word}'`).join(' ');
  // The tool itself is not what is traced.
  await writeFile(
    join(bin, 'ledgerform'),
    `#!/bin/sh\nunset NODE_V8_COVERAGE BASH_ENV\nexec ${words} "$@"\n`,
    {
      mode: 0o755,
    },
  );
  const around = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((each) => each !== '' && !existsSync(join(each, 'ledgerform')))
    .join(delimiter);
  const path = `${bin}${delimiter}${around}`;
  const git = await openGitWorld(folder, await initial(ci, folder));
  const sandbox = await openSandbox(seed === undefined ? {} : { seed });
  return {
    folder,
    sandbox,
    git,
    tracker: trackLines(join(folder, 'scripts')),
    path,
    barePath: `${join(prefix, 'bin')}${delimiter}${around}`,
    npm: { npm_config_prefix: prefix, npm_config_cache: join(folder, 'npm'), npm_config_offline: 'true' },
    packed: async () => {
      const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
      const { stdout } = await execa('npm', args, { cwd: project });
      return `file:${join(folder, stdout.trim())}`;
    },
    meddle: async (body) => {
      await mkdir(join(folder, 'elsewhere'), { recursive: true });
      await writeFile(join(folder, 'elsewhere', 'ledgerform.yaml'), configuration(body));
      await execa(process.execPath, [...command, 'apply', '--auto-approve', '--settle', '0'], {
        cwd: join(folder, 'elsewhere'),
        env: { PATH: process.env.PATH ?? '', ...sandbox.environment },
        extendEnv: false,
      });
    },
    close: async () => {
      await sandbox.emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What `init` writes, with a configuration for the sandbox in place of the starter. */
async function initial(ci: string, folder: string): Promise<Readonly<Record<string, string>>> {
  const fresh = join(folder, 'fresh');
  await mkdir(fresh);
  const args = ['init', '--organization', '9d2b4c8f-2087-4738-ba91-7359683c49a4', '--ci', ci, '--json'];
  const { stdout } = await execa(process.execPath, [...command, ...args], { cwd: fresh });
  const { files }: { readonly files: readonly { readonly path: string }[] } = JSON.parse(stdout);
  const texts = files.map(async ({ path }) => [path, await readFile(join(fresh, path), 'utf8')] as const);
  return { ...Object.fromEntries(await Promise.all(texts)), 'ledgerform.yaml': configuration('') };
}

/** What a pipeline is given to reach the service. */
export const secrets = {
  TESOURO_CLIENT_ID: localCredentials.id,
  TESOURO_CLIENT_SECRET: localCredentials.secret,
};

export { accounts, configuration };
