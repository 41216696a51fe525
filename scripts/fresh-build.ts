import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '..');
const lock = join(
  tmpdir(),
  `ledgerform-build-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
);

/** The built command, built anew when a source is newer. Several processes may ask at once; one of them builds. */
export async function freshBuild(): Promise<string> {
  const command = join(root, 'dist', 'cli.js');
  while (!isFresh(command)) {
    if (!locked()) {
      await pause(100);
      continue;
    }
    try {
      if (!isFresh(command)) build();
    } finally {
      rmdirSync(lock);
    }
  }
  return command;
}

function isFresh(command: string): boolean {
  const built = statSync(command, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['src', join('scripts', 'build')].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  const files = [...sources, 'package.json', 'package-lock.json', join('scripts', 'build.ts')];
  return files.every((path) => statSync(join(root, path)).mtimeMs <= built);
}

/** A lock older than a minute was left by a process that is gone. */
function locked(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > 60_000) rmdirSync(lock);
    return false;
  }
}

function build(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed\n${stdout}${stderr}`);
}
