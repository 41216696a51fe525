/**
 * Writes everything that is generated: each file of `scripts/generate/` exports one `generator`.
 * With `--check` nothing is written; what is stale is named and the exit code is 1. Names of those files limit the run to them.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Generator } from './generator.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const chosen = process.argv.slice(2).filter((word) => word !== '--check');
const stale: string[] = [];
const failed: string[] = [];

for (const generator of await generators()) {
  const files = await generator.make().catch((error: unknown) => {
    failed.push(`${generator.paths.join(', ')}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  });
  if (!files) continue;
  for (const path of generator.paths) {
    const content = files[path];
    if (content === undefined) throw new Error(`The generator of ${path} did not make it.`);
    if ((await textOf(path)) === content) continue;
    stale.push(path);
    if (!check) await write(path, content);
  }
}
for (const path of stale) process.stdout.write(check ? `stale: ${path}\n` : `wrote ${path}\n`);
for (const line of failed) process.stdout.write(`could not be made: ${line}\n`);
if (failed.length > 0) process.exitCode = 1;
if (check && stale.length > 0) {
  process.stdout.write('Run `npm run generate` and commit the result.\n');
  process.exitCode = 1;
}

async function generators(): Promise<readonly Generator[]> {
  const folder = join(root, 'scripts', 'generate');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const known = names.map((name) => name.slice(0, -'.ts'.length));
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no generator ${unknown.join(', ')}.`);
  return Promise.all(
    names
      .filter((name) => chosen.length === 0 || chosen.includes(name.slice(0, -'.ts'.length)))
      .map(async (name) => {
        const module: { generator: Generator } = await import(pathToFileURL(join(folder, name)).href);
        return module.generator;
      }),
  );
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}
