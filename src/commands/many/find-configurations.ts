import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { repositoryAround } from '../../git/repository.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { statsAt } from '../stats-at.ts';
import { isPattern, withoutBraces } from './name-pattern.ts';
import { walkPattern } from './walk-pattern.ts';

/** A file that `-c` leads to. */
export interface Candidate {
  /** Absolute. */
  readonly path: string;
  /** Named as it is, not met in a folder or by a pattern: it must be a configuration. */
  readonly named: boolean;
}

/** What `-c` leads to, and the links that it did not follow. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly string[];
}

const usualName = 'ledgerform.yaml';
const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);

/** Whether a text of `-c` can lead to several files: a pattern, or a folder without a configuration of its own. */
export function leadsToSeveral(text: string, cwd: string): boolean {
  const kind = kindOf(resolve(cwd, text));
  if (kind === 'folder') return !existsSync(join(resolve(cwd, text), usualName));
  return kind === 'nothing' && isPattern(text);
}

/**
 * The files that files, folders and patterns lead to, each once, sorted by path. Of a folder that is its `ledgerform.yaml`,
 * or without one every YAML file below. What leads to nothing is Stop (exit 3).
 */
export async function findConfigurations(
  texts: readonly string[],
  cwd: string,
  allowOutside: boolean,
): Promise<Candidates> {
  const byFile = new Map<string, Candidate>();
  const refused = new Set<string>();
  const lost: string[] = [];
  for (const text of texts) {
    const found = await filesOf(text, cwd, allowOutside, refused);
    if (found.length === 0) lost.push(text);
    for (const each of found) {
      const file = realOf(each.path);
      const known = byFile.get(file);
      byFile.set(file, known ? { ...known, named: known.named || each.named } : each);
    }
  }
  if (lost.length > 0) throw new Stop(3, lost.map(nothingAt));
  const candidates = [...byFile.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { candidates, refused: [...refused].sort() };
}

async function filesOf(
  text: string,
  cwd: string,
  allowOutside: boolean,
  refused: Set<string>,
): Promise<readonly Candidate[]> {
  const path = resolve(cwd, text);
  const kind = kindOf(path);
  if (kind === 'file') return [{ path, named: true }];
  if (kind === 'folder' && existsSync(join(path, usualName)))
    return [{ path: join(path, usualName), named: true }];
  if (kind === 'nothing' && !isPattern(text)) return [];
  const found = new Map<string, Candidate>();
  const ways = kind === 'folder' ? [{ folder: path, rest: ['**', '*'] }] : waysOf(text, cwd);
  for (const way of ways)
    for (const each of await matching(way, allowOutside, refused)) found.set(each.path, each);
  return [...found.values()];
}

/** A folder to begin in, and what is left of a pattern there. */
interface Way {
  readonly folder: string;
  readonly rest: readonly string[];
}

/** A pattern without its braces, each split where its first sign stands that means more than itself. */
const waysOf = (pattern: string, cwd: string): readonly Way[] =>
  withoutBraces(pattern).map((text) => {
    const segments = text.split('/');
    const first = segments.findIndex(isPattern);
    const at = first < 0 ? segments.length - 1 : first;
    const folder = at === 0 ? cwd : resolve(cwd, `${segments.slice(0, at).join('/')}/`);
    const rest = segments.slice(at).filter((each) => each !== '');
    // Whatever is below, and not only folders.
    return { folder, rest: rest.at(-1) === '**' ? [...rest, '*'] : rest };
  });

/** YAML files, and of folders that match their `ledgerform.yaml`. */
async function matching(
  { folder, rest }: Way,
  allowOutside: boolean,
  refused: Set<string>,
): Promise<readonly Candidate[]> {
  if (kindOf(folder) !== 'folder') return [];
  const root = realOf(repositoryAround(folder) ?? folder);
  const walked = await walkPattern(folder, rest, (real) => allowOutside || isBelow(root, real));
  for (const each of walked.refused) refused.add(each);
  return [...walked.found].flatMap((path): readonly Candidate[] => {
    if (kindOf(path) !== 'folder') return isYaml(path) ? [{ path, named: false }] : [];
    const file = join(path, usualName);
    return existsSync(file) ? [{ path: file, named: false }] : [];
  });
}

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  const found = statsAt(path);
  if (!found) return 'nothing';
  return found.isDirectory() ? 'folder' : 'file';
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const nothingAt = (text: string): Stop['problems'][number] =>
  errorProblem('FILE_NOT_FOUND', `\`${text}\` leads to no configuration.`, {
    hint: isPattern(text)
      ? 'Check the pattern, in quotes so that it reaches Ledgerform as it is, and the folder that it starts from.'
      : 'Check the spelling, and the folder that the path starts from.',
  });
