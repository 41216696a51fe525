import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { transformSync } from 'esbuild';

/** Where the command stands whose lines are counted; beside src/, because it finds the package's folder from there. */
export const measuredFolder = resolve(import.meta.dirname, '..', 'dist-measured');

/**
 * Puts src/ there as JavaScript, file by file with a source map, so that coverage of the command can be told of src/. It
 * starts several times faster than the sources themselves, and unlike the bundle each file of it is one file of src/.
 */
export function measuredBuild(): void {
  rmSync(measuredFolder, { recursive: true, force: true });
  for (const path of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    const source = join('src', path);
    const target = join(measuredFolder, path);
    if (path.endsWith('.js')) copy(source, target);
    if (path.endsWith('.ts') && !path.endsWith('.d.ts')) transpile(source, target.replace(/\.ts$/, '.js'));
  }
}

function copy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target);
}

function transpile(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const { code } = transformSync(readFileSync(source, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    supported: { 'import-attributes': true },
    sourcemap: 'inline',
    sourcesContent: false,
    sourcefile: relative(dirname(target), resolve(source)),
  });
  // Both ends have three letters, so that every column stays where the map has it.
  writeFileSync(target, code.replace(/((?:from|import)\s*\(?\s*["']\.[^"']*)\.ts(["'])/g, '$1.js$2'));
}
