import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';
import { askGit, type Variables } from './run-git.ts';

/** Stops (exit 3) where no revision can be read: no repository, no Git, or a Git that refuses to work here. */
export async function demandRepository(root: string, option: string, variables: Variables): Promise<void> {
  if (!existsSync(join(root, '.git')))
    throw noRepository(
      `${option} needs a Git repository, and the configuration is in none.`,
      'Run: git init',
    );
  const { missing, ok, words } = await askGit(['rev-parse', '--git-dir'], root, variables);
  if (ok) return;
  if (missing) throw noRepository(`${option} needs Git, which is not installed.`, 'Install it.');
  const hint = words.includes('dubious ownership')
    ? `The repository belongs to somebody else. If you trust it: git config --global --add safe.directory ${root}`
    : 'Check the repository with: git status';
  throw noRepository(`Git does not work in this repository: ${words}.`, hint);
}

const noRepository = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('NO_REPOSITORY', message, { hint })]);

/** The full id of the commit that a revision means; Stop (exit 3) where the repository has none of that name. */
export async function commitOf(root: string, revision: string, variables: Variables): Promise<string> {
  const plain = revision !== '' && !revision.startsWith('-') && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(revision);
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const found = plain ? await askGit(args, root, variables) : null;
  const commit = found?.stdout.toString('utf8').trim() ?? '';
  if (found?.ok && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  const hint = (await isShallow(root, variables))
    ? 'This clone is shallow: git fetch --unshallow brings the whole history.'
    : `Correct it, or fetch it first: git fetch origin ${/^origin\/(.+)$/.exec(revision)?.[1] ?? revision}`;
  throw new Stop(3, [
    errorProblem('BASE_UNKNOWN', `The repository has no revision \`${revision}\`.`, { hint }),
  ]);
}

/** Whether the repository has a commit. */
export async function hasCommit(root: string, commit: string, variables: Variables): Promise<boolean> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
  return (await askGit(args, root, variables)).ok;
}

/** Whether only a part of the history is here. */
export async function isShallow(root: string, variables: Variables): Promise<boolean> {
  const { stdout } = await askGit(['rev-parse', '--is-shallow-repository'], root, variables);
  return stdout.toString('utf8').trim() === 'true';
}

/** Whether a commit is another one or comes before it; `unknown` where the history that would tell is not here. */
export async function comesBefore(
  root: string,
  first: string,
  later: string,
  variables: Variables,
): Promise<'yes' | 'no' | 'unknown'> {
  if (first === later) return 'yes';
  const { exitCode } = await askGit(['merge-base', '--is-ancestor', first, later], root, variables);
  if (exitCode === 0) return 'yes';
  if (exitCode !== 1) return 'unknown';
  return (await isShallow(root, variables)) ? 'unknown' : 'no';
}

/** The YAML files of a commit that hold a text. Stops (exit 3) where Git cannot search it. */
export async function yamlFilesWith(
  root: string,
  commit: string,
  text: string,
  variables: Variables,
): Promise<readonly string[]> {
  const args = ['grep', '-l', '-z', '-i', '-F', '-I', '--full-name', '-e', text, commit];
  // It answers 1 when it finds nothing.
  const lines = await listed(args, root, variables, [0, 1]);
  return lines.map((line) => line.slice(commit.length + 1)).filter(isYaml);
}

/** The YAML files of a commit that the work tree has not any more. Stops (exit 3) where Git cannot tell. */
export async function yamlFilesGone(
  root: string,
  commit: string,
  variables: Variables,
): Promise<readonly string[]> {
  const args = ['diff', '--name-only', '-z', '--no-renames', '--diff-filter=D', '--no-ext-diff', commit];
  return (await listed(args, root, variables, [0])).filter(isYaml);
}

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);

async function listed(
  args: readonly string[],
  root: string,
  variables: Variables,
  good: readonly number[],
): Promise<readonly string[]> {
  const { exitCode, stdout, words } = await askGit(args, root, variables);
  if (exitCode !== undefined && good.includes(exitCode)) return stdout.toString('utf8').split('\0');
  throw new Stop(3, [
    errorProblem('BASE_INVALID', `The base cannot be searched for the configuration: ${words}.`, {
      hint: 'Check the repository; a clone without all contents (--filter) has to fetch them first.',
    }),
  ]);
}
