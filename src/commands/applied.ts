import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { appliedRef, hasRemote, localRef, type RemoteRefs, remoteRefs } from '../git/applied-ref.ts';
import { comesBefore, hasCommit, isShallow } from '../git/revisions.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../model/problem.ts';
import type { Shell } from './shell.ts';

/** Which commit was last applied to an organization, as far as it is recorded; and what is to be said of it. */
export interface Applied {
  readonly commit: string | null;
  readonly notes: readonly Problem[];
}

/** Where it is recorded. */
export interface AppliedAt {
  readonly root: string;
  readonly organization: string;
  /** The name of a Git remote. */
  readonly remote: string;
}

/** One answer of a remote serves all organizations of a run, each of which has a shell of its own. */
const asked = new WeakMap<Shell['edge'], Map<string, Promise<RemoteRefs | null>>>();

/** What the remote has recorded; null where there is no such remote. */
export function recordedAt({ root, remote }: AppliedAt, shell: Shell): Promise<RemoteRefs | null> {
  const answers = asked.get(shell.edge) ?? new Map<string, Promise<RemoteRefs | null>>();
  asked.set(shell.edge, answers);
  const key = `${root}\0${remote}`;
  const answer = answers.get(key) ?? ask(root, remote, shell);
  answers.set(key, answer);
  return answer;
}

async function ask(root: string, remote: string, { edge }: Shell): Promise<RemoteRefs | null> {
  if (!(await hasRemote(root, remote, edge.variables))) {
    if (remote === 'origin') return null;
    throw new Stop(3, [
      errorProblem('OPTION_INVALID', `The repository has no remote \`${remote}\`.`, {
        hint: 'git remote lists them; a URL is none.',
      }),
    ]);
  }
  return remoteRefs(root, remote, edge.variables);
}

/**
 * The commit that was last applied: as the remote says, where there is one; a later one that is recorded here alone counts
 * too. Stops where the remote cannot be asked (exit 1): what is recorded here may be older than what somebody else applied.
 * Stops also where the remote names a commit that is not here (exit 3). With `orHere` what is recorded here does where the
 * remote cannot be asked, with a warning.
 */
export async function lastApplied(at: AppliedAt, orHere: boolean, shell: Shell): Promise<Applied> {
  const { root, organization, remote } = at;
  const { variables } = shell.edge;
  const ref = appliedRef(organization);
  const [refs, local] = await Promise.all([recordedAt(at, shell), localRef(root, ref, variables)]);
  if (refs === null)
    return local === null ? nothingYet(`${ref} does not exist`, null) : { commit: local, notes: [] };
  if ('failed' in refs) {
    const problem = unreachable(remote, refs.failed);
    if (!orHere) throw new Stop(1, [problem]);
    return { commit: local, notes: [{ ...problem, severity: 'warning' }] };
  }
  const commit = refs.get(ref);
  if (commit === undefined) {
    const hint =
      local === null ? null : `It is recorded here alone. To record it there: git push ${remote} ${ref}`;
    return nothingYet(`${remote} has no ${ref}`, hint);
  }
  if (!(await hasCommit(root, commit, variables))) throw await notFetched(at, ref, commit, shell);
  const ahead = local !== null && (await comesBefore(root, commit, local, variables)) === 'yes';
  return { commit: ahead ? local : commit, notes: [] };
}

const nothingYet = (why: string, hint: string | null): Applied => ({
  commit: null,
  notes: [
    warningProblem('NO_BASE_YET', `There is no base yet: ${why}, so nothing was recorded as applied.`, {
      hint: hint ?? 'An apply with --record makes it.',
    }),
  ],
});

const unreachable = (remote: string, words: string): Problem =>
  errorProblem(
    'REMOTE_UNREACHABLE',
    `The remote ${remote} cannot be asked what was last applied: ${words}.`,
    {
      hint: 'Check the network and the credentials of Git, or name a revision: --base REVISION.',
    },
  );

/** Says on the way that what was last applied is recorded here, where a run neither looks at that nor keeps it. */
export async function noteRecorded(
  { organization, root }: Pick<AppliedAt, 'organization' | 'root'>,
  what: string,
  shell: Shell,
): Promise<void> {
  const ref = appliedRef(organization);
  if (!existsSync(join(root, '.git')) || (await localRef(root, ref, shell.edge.variables)) === null) return;
  shell.note(`What was last applied is recorded (${ref}). ${what}\n`);
}

/** The remote names a commit that this clone does not have. */
export async function notFetched(
  { remote, root }: AppliedAt,
  ref: string,
  commit: string,
  { edge }: Shell,
): Promise<Stop> {
  const refs = `git fetch ${remote} '+refs/ledgerform/*:refs/ledgerform/*'`;
  const hint = (await isShallow(root, edge.variables))
    ? `This clone is shallow: git fetch --unshallow ${remote} && ${refs}`
    : `Fetch it first: ${refs}`;
  const message = `${ref} at ${remote} is ${commit}, and this clone does not have it.`;
  return new Stop(3, [errorProblem('BASE_NOT_FETCHED', message, { hint })]);
}
