import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { differsFromHead, headCommit, repositoryAround } from '../git/repository.ts';
import { type Loaded, load } from '../load/load.ts';
import type { Desired, Environment } from '../model/desired.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { type CommonOptions, environments } from './common-options.ts';
import type { Shell } from './shell.ts';

/** The configuration of a run, valid and complete, and where it stands. */
export interface Configuration {
  readonly desired: Desired;
  readonly root: string;
  readonly path: string;
  readonly sha256: string;
  readonly git_commit: string | null;
  readonly dirty: boolean;
}

/** The repository around the configuration, or else the working directory, or else the configuration's own folder. */
export function rootOf(options: Pick<CommonOptions, 'config'>, cwd: string): string {
  const path = resolve(cwd, options.config);
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  const repository = repositoryAround(folder);
  if (repository !== null) return repository;
  const below = relative(cwd, folder);
  return below.startsWith('..') || isAbsolute(below) ? folder : cwd;
}

/** The environment that the user names, by option or variable. */
export function namedEnvironment(options: Pick<CommonOptions, 'env'>, shell: Shell): Environment | null {
  const name = options.env ?? (shell.edge.variables.LEDGERFORM_ENV ?? '').trim();
  if (name === '') return null;
  const found = environments.find((each) => each === name);
  if (found !== undefined) return found;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', `LEDGERFORM_ENV is "${name}".`, {
      hint: `It must be one of ${environments.join(', ')}.`,
    }),
  ]);
}

/** Everything that loading says of a configuration, right or wrong. The shell keeps its texts for code frames. */
export async function loadConfiguration(options: CommonOptions, shell: Shell): Promise<Loaded> {
  const { cwd, variables } = shell.edge;
  const environment = namedEnvironment(options, shell);
  const root = rootOf(options, cwd);
  const allowOutside = options.allowOutside === true;
  const loaded = await load({ path: options.config, environment, variables, allowOutside, root, cwd }, kinds);
  for (const { path, text } of loaded.files) shell.texts.set(path, text);
  if (loaded.files.length > 0) return loaded;
  return { ...loaded, problems: loaded.problems.map(asConfiguration) };
}

/** Without any file it is the configuration itself that is missing, and no place in it can be shown. */
const asConfiguration = (problem: Problem): Problem =>
  problem.code === 'FILE_NOT_FOUND'
    ? { ...problem, line: null, column: null, hint: 'Write one, or name it with -c.' }
    : problem;

/** The configuration, or Stop (exit 3) with every problem in it. Its warnings are told on stderr. */
export async function readConfiguration(options: CommonOptions, shell: Shell): Promise<Configuration> {
  const root = rootOf(options, shell.edge.cwd);
  const [loaded, commit] = await Promise.all([
    loadConfiguration(options, shell),
    headCommit(root, shell.edge.variables),
  ]);
  const { desired, files, problems, sha256 } = loaded;
  if (loaded.fragment && !problems.some(({ severity }) => severity === 'error'))
    throw fragment(options.config);
  if (desired === null) throw new Stop(3, problems);
  shell.warn(problems);
  const paths = files.map(({ path }) => join(root, path));
  // Only an apply to production is refused for it.
  const dirty =
    desired.environment === 'production' && (await differsFromHead(root, paths, shell.edge.variables));
  return { desired, root, path: files[0]?.path ?? options.config, sha256, git_commit: commit, dirty };
}

const fragment = (path: string): Stop =>
  new Stop(3, [
    errorProblem(
      'FRAGMENT',
      `${path} names no \`organization\`: it is a fragment, only there to be extended.`,
      {
        hint: 'Name a configuration that extends it, or add `organization` with its `id`, and `version: 1`.',
      },
    ),
  ]);
