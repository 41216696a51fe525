import { revisionTree } from '../git/revision-tree.ts';
import { yamlFilesWith } from '../git/revisions.ts';
import type { Environment } from '../model/desired.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import type { CommonOptions } from './common-options.ts';
import { loadAt } from './load-at.ts';
import type { Shell } from './shell.ts';

/** Why `--record` cannot keep what is applied. */
export const refused = (why: string, hint: string): Stop =>
  new Stop(3, [errorProblem('RECORD_REFUSED', `--record cannot keep what is applied: ${why}.`, { hint })]);

/** What is to be recorded, and where it stands. */
interface Recorded {
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
  readonly organization: string;
  readonly environment: Environment;
}

/** Others that name the organization which are looked into. */
const mostOthers = 50;

/**
 * A ref is of an organization, whatever its environment: the commit itself has to say which one was applied, and may not
 * hold another one of it.
 */
export async function demandOneEnvironment(
  { environment, organization, path, root }: Recorded,
  commit: string,
  options: CommonOptions,
  shell: Shell,
): Promise<void> {
  const tree = revisionTree(root, commit, shell.edge.variables);
  const aboutOf = async (each: string) => (await loadAt(each, tree, root, options, shell, null)).about;
  const own = await aboutOf(path);
  if (own !== null && own.environment !== environment)
    throw refused(
      `${path} does not say \`environment: ${environment}\` itself, so the commit does not say where it was applied`,
      'Write it into the file, and commit that.',
    );
  const naming = await yamlFilesWith(root, commit, organization, shell.edge.variables);
  for (const other of naming.filter((each) => each !== path).slice(0, mostOthers)) {
    const about = await aboutOf(other);
    if (about === null || about.environment === environment || about.environment === 'local') continue;
    if (about.organization.id.toLowerCase() !== organization.toLowerCase()) continue;
    throw refused(
      `${other} is about the same organization in ${about.environment}, and what is recorded is recorded for both`,
      'Keep the environments in repositories or organizations of their own, or leave --record out.',
    );
  }
}
