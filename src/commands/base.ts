import { revisionTree } from '../git/revision-tree.ts';
import { commitOf, demandRepository } from '../git/revisions.ts';
import type { Loaded } from '../load/load.ts';
import type { Desired } from '../model/desired.ts';
import type { FileTree } from '../model/file-tree.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../model/problem.ts';
import type { Base } from '../pipeline.ts';
import { lastApplied } from './applied.ts';
import type { CommonOptions } from './common-options.ts';
import { loadAt } from './load-at.ts';
import { findMoved, isSame } from './moved-base.ts';
import type { Shell } from './shell.ts';

/** The options that say what was last applied. */
export interface BaseOptions {
  /** A Git revision, or `applied`. */
  readonly base?: string;
  readonly remote?: string;
}

/** The base of a configuration; null where there is none, and what is to be said of that. */
export interface FoundBase {
  readonly base: Base | null;
  readonly notes: readonly Problem[];
}

/** The configuration whose base is looked for. */
export interface Current {
  readonly desired: Desired;
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
}

const none: FoundBase = { base: null, notes: [] };

/** When the base is what was last applied, without being asked for: where that is recorded; also where only that is known. */
export type Implied = 'if recorded' | 'if known';

/**
 * The configuration as it was at `--base`, with all that it extended; without the option, where it is implied, at what was
 * last applied. Stops (exit 3) at what cannot be read, does not validate or is about something else.
 */
export async function readBase(
  current: Current,
  options: CommonOptions & BaseOptions,
  impliedBase: Implied | null,
  shell: Shell,
): Promise<FoundBase> {
  const revision = options.base ?? (impliedBase === null ? null : 'applied');
  if (revision === null) return none;
  const { root, desired } = current;
  const implied = options.base === undefined;
  // What is applied to a local environment is never recorded.
  if (implied && (desired.environment === 'local' || !(await worksWithGit(root, shell)))) return none;
  await demandRepository(root, '--base', shell.edge.variables);
  if (revision !== 'applied')
    return at(await commitOf(root, revision, shell.edge.variables), revision, current, options, shell);
  const remote = options.remote ?? 'origin';
  const orHere = implied && impliedBase === 'if known';
  const recorded = { root, organization: desired.organization.id, remote };
  const applied = await lastApplied(recorded, orHere, shell);
  if (applied.commit === null)
    return { base: null, notes: implied ? unlessMissing(applied.notes) : applied.notes };
  const found = await at(applied.commit, 'applied', current, options, shell);
  return { ...found, notes: [...applied.notes, ...found.notes] };
}

/** That nothing was recorded is no news where nobody has asked for it. */
const unlessMissing = (notes: readonly Problem[]): readonly Problem[] =>
  notes.filter(({ code }) => code !== 'NO_BASE_YET');

async function worksWithGit(root: string, shell: Shell): Promise<boolean> {
  try {
    await demandRepository(root, '--base', shell.edge.variables);
    return true;
  } catch (thrown) {
    if (thrown instanceof Stop) return false;
    throw thrown;
  }
}

async function at(
  commit: string,
  revision: string,
  current: Current,
  options: CommonOptions,
  shell: Shell,
): Promise<FoundBase> {
  const tree = treeOf(current.root, commit, shell);
  const name = revision === commit ? commit.slice(0, 12) : `${revision} (${commit.slice(0, 12)})`;
  const own = await loadAt(current.path, tree, current.root, options, shell);
  const there = own.files.length > 0 || !own.problems.some(({ code }) => code === 'FILE_NOT_FOUND');
  if (there && !own.fragment) return { base: { commit, desired: usable(own, current, name) }, notes: [] };
  const [moved, ...others] = await findMoved(commit, tree, current, options, shell);
  if (moved && others.length > 0) {
    const which = [moved, ...others].map(({ path }) => path).join(', ');
    const message = `${current.path} is not at ${name}, and several files there are about this organization: ${which}.`;
    throw stop('BASE_ELSEWHERE', message, 'Choose another --base.');
  }
  if (moved) return { base: { commit, desired: usable(moved.loaded, current, name) }, notes: [] };
  const message = `There is no base yet: ${current.path} is not at ${name}, under no other name either.`;
  if (revision === 'applied')
    throw stop(
      'BASE_INVALID',
      message,
      'It was recorded as applied with another file: choose another --base.',
    );
  const hint = 'If the organization is new, that is as it should be.';
  return { base: null, notes: [warningProblem('NO_BASE_YET', message, { hint })] };
}

/** One tree for a commit, however many configurations are read from it. */
const trees = new WeakMap<Shell['edge'], Map<string, FileTree>>();

function treeOf(root: string, commit: string, shell: Shell): FileTree {
  const known = trees.get(shell.edge) ?? new Map<string, FileTree>();
  trees.set(shell.edge, known);
  const key = `${root}\0${commit}`;
  const tree = known.get(key) ?? revisionTree(root, commit, shell.edge.variables);
  known.set(key, tree);
  return tree;
}

function usable({ desired, problems }: Loaded, { desired: now }: Current, name: string): Desired {
  if (desired === null) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const first = errors.slice(0, 3).map(placed).join('; ');
    const more = errors.length > 3 ? `; and ${errors.length - 3} more` : '';
    const message = `The configuration at the base ${name} cannot be used: ${first}${more}.`;
    const hint = errors.some(({ code }) => code === 'VARIABLE_UNSET')
      ? 'The variables that it needs must be set as well, or choose another --base.'
      : (errors[0]?.code === 'FILE_UNREADABLE' && errors[0].hint) || 'Choose another --base.';
    throw stop('BASE_INVALID', message, hint);
  }
  if (!isSame(desired, now)) {
    const message = `The configuration at the base ${name} is of ${desired.organization.id} (${desired.environment}), this one of ${now.organization.id} (${now.environment}).`;
    throw stop('BASE_ELSEWHERE', message, 'Choose another --base.');
  }
  return desired;
}

const placed = ({ code, column, file, line, message }: Problem): string =>
  `${[file, line, column].filter((part) => part !== null).join(':')} ${code}: ${message.replace(/\.$/, '')}`;

const stop = (code: Problem['code'], message: string, hint: string): Stop =>
  new Stop(3, [errorProblem(code, message, { hint })]);
