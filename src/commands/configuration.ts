import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { differsFromHead, headCommit, repositoryAround } from '../git/repository.ts';
import { type Loaded, load } from '../load/load.ts';
import type { Desired } from '../model/desired.ts';
import { fragmentProblem } from '../model/fragment.ts';
import { type Problem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { type BaseOptions, type FoundBase, type Implied, readBase } from './base.ts';
import type { CommonOptions } from './common-options.ts';
import { namedEnvironment } from './named-environment.ts';
import { oneConfiguration } from './one-configuration.ts';
import type { Shell } from './shell.ts';
import { statsAt } from './stats-at.ts';
import type { Subject } from './tell.ts';

/** The configuration of a run, valid and complete, and where it stands. */
export interface Configuration {
  readonly desired: Desired;
  readonly root: string;
  readonly path: string;
  readonly sha256: string;
  readonly git_commit: string | null;
  readonly dirty: boolean;
  /** What was last applied, as far as it was asked for. */
  readonly base: FoundBase;
  /** The file and what it extends, absolute. */
  readonly files: readonly string[];
  /** What loading warned of; it is told on stderr already. */
  readonly warnings: readonly Problem[];
}

/** Whom a configuration is about; behind which URL is known once there is a connection. */
export const subjectOf = ({ desired, path }: Configuration, apiUrl: string | null = null): Subject => ({
  path,
  organization: desired.organization,
  environment: desired.environment,
  api_url: apiUrl,
});

/** The same of what was loaded, right or wrong. */
export const aboutLoaded = ({ about, files }: Loaded, path: string): Subject => ({
  path: files[0]?.path ?? path,
  organization: about?.organization ?? null,
  environment: about?.environment ?? null,
  api_url: null,
});

/** The repository around the configuration, or else the working directory, or else the configuration's own folder. */
export function rootOf(options: Pick<CommonOptions, 'config'>, cwd: string): string {
  const path = resolve(cwd, oneConfiguration(options));
  const folder = statsAt(path)?.isDirectory() ? path : dirname(path);
  const repository = repositoryAround(folder);
  if (repository !== null) return repository;
  const below = relative(cwd, folder);
  return below.startsWith('..') || isAbsolute(below) ? folder : cwd;
}

/** Everything that loading says of a configuration, right or wrong. The shell keeps its texts for code frames. */
export async function loadConfiguration(options: CommonOptions, shell: Shell): Promise<Loaded> {
  const { cwd, variables } = shell.edge;
  const environment = namedEnvironment(options, shell);
  const root = rootOf(options, cwd);
  const allowOutside = options.allowOutside === true;
  const path = oneConfiguration(options);
  const loaded = await load({ path, environment, variables, allowOutside, root, cwd }, kinds);
  for (const { path, text } of loaded.files) shell.texts.set(path, text);
  if (loaded.files.length > 0) return loaded;
  return { ...loaded, problems: loaded.problems.map(asConfiguration) };
}

/** Without any file it is the configuration itself that is missing, and no place in it can be shown. */
const asConfiguration = (problem: Problem): Problem =>
  problem.code === 'FILE_NOT_FOUND'
    ? { ...problem, line: null, column: null, hint: 'Write one, or name it with -c.' }
    : problem;

/** What of a configuration is known before it is read: with many of them, what they share is found out once. */
export interface Known {
  readonly loaded: Loaded;
  readonly commit: string | null;
}

/** What reading a configuration may be told besides its options. */
export interface Reading {
  readonly known?: Known;
  /** Its base is what was last applied, where that is recorded and no other is asked for. */
  readonly impliedBase?: Implied;
}

/** The configuration, or Stop (exit 3) with every problem in it. Its warnings are told on stderr. */
export async function readConfiguration(
  options: CommonOptions & BaseOptions,
  shell: Shell,
  { impliedBase, known }: Reading = {},
): Promise<Configuration> {
  const root = rootOf(options, shell.edge.cwd);
  const [loaded, commit] = known
    ? [known.loaded, known.commit]
    : await Promise.all([loadConfiguration(options, shell), headCommit(root, shell.edge.variables)]);
  const { desired, files, problems, sha256 } = loaded;
  if (loaded.fragment && !problems.some(({ severity }) => severity === 'error'))
    throw new Stop(3, [fragmentProblem(oneConfiguration(options))]);
  if (desired === null) {
    if (loaded.about) shell.concerning(aboutLoaded(loaded, oneConfiguration(options)));
    throw new Stop(3, problems);
  }
  shell.warn(problems);
  const paths = files.map(({ path }) => join(root, path));
  // Only an apply to production is refused for it.
  const dirty =
    desired.environment === 'production' && (await differsFromHead(root, paths, shell.edge.variables));
  const path = files[0]?.path ?? oneConfiguration(options);
  const base = await readBase({ desired, root, path }, options, impliedBase ?? null, shell);
  return { desired, root, path, sha256, git_commit: commit, dirty, base, files: paths, warnings: problems };
}
