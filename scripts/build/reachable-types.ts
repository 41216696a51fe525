import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** Removes every declaration file that the entry does not lead to: what is only for the inside would have to compile on the user's side too. */
export function keepReachable(folder: string, entry: string): void {
  const kept = reachable(folder, entry);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.d.ts') && !kept.has(normalize(path))) rmSync(join(folder, path));
}

/** The declaration files that one leads to, relative to their folder. */
function reachable(folder: string, path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, path), 'utf8'), true, false);
  for (const { fileName } of importedFiles)
    if (fileName.startsWith('.'))
      reachable(folder, normalize(join(dirname(path), fileName.replace(/\.(ts|js)$/, '.d.ts'))), seen);
    else throw new Error(`the types of ${path} lead to ${fileName}, which nobody may have installed`);
  return seen;
}
