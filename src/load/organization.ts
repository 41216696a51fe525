import type { Environment, Organization } from '../model/desired.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { idOf } from './entries.ts';
import { originOf } from './source-file.ts';
import { below, memberAt, type Tree, textOf, treeAt } from './tree.ts';

/** Whose books a file is about; a file without `organization` can only be extended and is not asked for anything. */
export function organizationOf(tree: Tree): {
  readonly organization: Organization;
  readonly problems: readonly Problem[];
} {
  const member = memberAt(tree, ['organization']);
  const id = idOf(member?.value);
  const organization = { id: id ?? '', name: textOf(treeAt(tree, ['organization', 'name'])) };
  const problems: Problem[] = [];
  if (member?.value.type === 'mapping' && !member.value.members.has('id')) {
    const hint = 'Add `id:` with the organization’s UUID from Tesouro.';
    problems.push(missing('`organization` needs `id`.', hint, originOf(member.key)));
  }
  if (member && !below(tree, 'version')) {
    problems.push(
      missing(
        'The file does not say which version of the language it is written in.',
        'Add `version: 1` at the top.',
        originOf(tree),
      ),
    );
  }
  return { organization, problems };
}

const missing = (message: string, hint: string, origin: ReturnType<typeof originOf>): Problem =>
  errorProblem('MISSING_KEY', message, { origin, hint });

const environments: readonly Environment[] = ['local', 'sandbox', 'production'];

/** The file's environment, filled in from outside where the file has none or says `local`; contradicting it is a problem. */
export function environmentOf(
  tree: Tree,
  given: Environment | null,
): { readonly environment: Environment; readonly problems: readonly Problem[] } {
  const stated = treeAt(tree, ['environment']);
  const own = environments.find((each) => each === textOf(stated)) ?? null;
  if (given === null || own === null || own === 'local' || own === given || !stated) {
    return { environment: given ?? own ?? 'local', problems: [] };
  }
  const message = `The file is about \`${own}\`, but \`${given}\` was asked for.`;
  const hint = 'Correct `--env` or `LEDGERFORM_ENV`, or use the file for that environment.';
  const origin = originOf(stated);
  return { environment: own, problems: [errorProblem('ENVIRONMENT_CONFLICT', message, { origin, hint })] };
}
