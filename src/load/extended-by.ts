import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { grow } from './grow.ts';
import { realOf, shownPath } from './inside.ts';
import { parse } from './parse.ts';
import { readFile } from './read-file.ts';
import { below, textOf } from './tree.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Folders that hold no configuration of anybody. */
const skipped: ReadonlySet<string> = new Set(['node_modules']);

/** The YAML files below a folder that extend one of the files, on whatever way; sorted, relative to the folder, with `/`. */
export async function extendedBy(
  files: readonly string[],
  root: string,
  variables: Variables,
): Promise<readonly string[]> {
  const extenders = new Map<string, string[]>();
  for (const path of await yamlFiles(root)) {
    for (const target of await extendsOf(path, variables))
      extenders.set(target, [...(extenders.get(target) ?? []), path]);
  }
  const found = new Set<string>();
  const queue = await Promise.all(files.map(realOf));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const path of extenders.get(next) ?? []) {
      if (found.has(path)) continue;
      found.add(path);
      queue.push(await realOf(path));
    }
  }
  return (await Promise.all([...found].map((path) => shownPath(root, path)))).sort();
}

/** Folders whose names begin with a dot, Git's own among them, are none of the user's. */
async function yamlFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name))
      found.push(...(await yamlFiles(path)));
    else if (!entry.isDirectory() && /\.ya?ml$/i.test(entry.name)) found.push(path);
  }
  return found;
}

/** The real paths that a file extends; none for what cannot be read. */
async function extendsOf(path: string, variables: Variables): Promise<readonly string[]> {
  const read = await readFile(await realOf(path), path);
  if ('code' in read || !read.text.includes('extends')) return [];
  const { document, file } = parse(path, read.text);
  const tree = document && grow(document, file, variables).tree;
  const list = tree ? below(tree, 'extends') : undefined;
  const targets = list?.type === 'sequence' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
  return Promise.all(targets.map((each) => realOf(resolve(dirname(path), each))));
}
