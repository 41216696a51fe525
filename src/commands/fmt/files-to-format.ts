import { basename, join, resolve } from 'node:path';
import { repositoryAround } from '../../git/repository.ts';
import { layOut } from '../../load/edit/layout.ts';
import { pathBelow } from '../../load/file-source.ts';
import { isSurelyOurs } from '../../load/format/ours.ts';
import { realOf, shownPath } from '../../load/inside.ts';
import { readFile } from '../../load/read-file.ts';
import type { Problem } from '../../model/problem.ts';
import type { CommonOptions } from '../common-options.ts';
import { loadConfiguration, rootOf } from '../configuration.ts';
import { findConfigurations, leadsToSeveral } from '../many/find-configurations.ts';
import { walkPattern } from '../many/walk-pattern.ts';
import { namedConfigurations } from '../one-configuration.ts';
import type { Shell } from '../shell.ts';
import { statsAt } from '../stats-at.ts';

/** A file that is to be formatted. */
export interface FileToFormat {
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

/** What there is to format, each file once, and what was looked for in vain. */
export interface FilesToFormat {
  readonly files: readonly FileToFormat[];
  readonly problems: readonly Problem[];
}

/** The files that paths mean; without any, the configuration and what it extends inside the repository. */
export async function filesToFormat(
  paths: readonly string[],
  options: CommonOptions,
  shell: Shell,
): Promise<FilesToFormat> {
  const found = paths.length > 0 ? await named(paths, shell.edge.cwd) : await configured(options, shell);
  const once = new Map<string, FileToFormat>();
  for (const file of found.files) {
    const real = await realOf(join(file.root, file.path));
    if (!once.has(real)) once.set(real, file);
  }
  const files = [...once.values()].sort((a, b) => (join(a.root, a.path) < join(b.root, b.path) ? -1 : 1));
  return { files, problems: found.problems };
}

async function configured(options: CommonOptions, shell: Shell): Promise<FilesToFormat> {
  const { cwd } = shell.edge;
  const allowOutside = options.allowOutside === true;
  const texts = namedConfigurations(options);
  const [first = ''] = texts;
  const isOne = texts.length === 1 && !leadsToSeveral(first, cwd);
  const { candidates } = isOne
    ? { candidates: [{ named: true, path: first }] }
    : await findConfigurations(texts, cwd, allowOutside);
  const files: FileToFormat[] = [];
  const problems: Problem[] = [];
  for (const { named: isNamed, path } of candidates) {
    const one = { ...options, config: [path] };
    const root = rootOf(one, cwd);
    if (!isNamed && !(await isOneOfOurs(path))) continue;
    const loaded = await loadConfiguration(one, shell);
    if (loaded.files.length === 0) problems.push(...loaded.problems);
    const inside = loaded.files.filter((each) => !each.path.startsWith('../'));
    files.push(...inside.map((each) => ({ root, path: each.path })));
  }
  return { files, problems };
}

async function named(paths: readonly string[], cwd: string): Promise<FilesToFormat> {
  const files: FileToFormat[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const found = statsAt(absolute)?.isDirectory() ? await below(absolute) : await led(path, cwd);
    for (const each of found) {
      const root = rootOf({ config: [each] }, cwd);
      files.push({ root, path: await shownPath(root, each) });
    }
  }
  return { files, problems: [] };
}

/** A file, or those that a pattern matches. */
async function led(path: string, cwd: string): Promise<readonly string[]> {
  const { candidates } = await findConfigurations([path], cwd, false);
  const ours: string[] = [];
  for (const each of candidates) if (each.named || (await isOneOfOurs(each.path))) ours.push(each.path);
  return ours;
}

/** Every configuration and every part of one in a folder; other programs have YAML too. */
async function below(folder: string): Promise<readonly string[]> {
  const root = await realOf(repositoryAround(folder) ?? folder);
  const { found } = await walkPattern(folder, ['**', '*'], (real) => pathBelow(root, real) !== null);
  const ours: string[] = [];
  for (const path of [...found].sort())
    if (/\.ya?ml$/i.test(path) && statsAt(path)?.isFile() && (await isOneOfOurs(path))) ours.push(path);
  return ours;
}

async function isOneOfOurs(path: string): Promise<boolean> {
  if (basename(path) === 'ledgerform.yaml') return true;
  const read = await readFile(await realOf(path), path);
  const layout = 'text' in read ? layOut(read.text) : null;
  return layout !== null && isSurelyOurs(layout);
}
