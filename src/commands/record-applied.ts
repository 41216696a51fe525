import { isAbsolute } from 'node:path';
import { appliedRef, localRef, moveLocal, push, pushCommand, type RemoteRefs } from '../git/applied-ref.ts';
import { differsFromHead, headCommit } from '../git/repository.ts';
import { revisionTree } from '../git/revision-tree.ts';
import { comesBefore, demandRepository, hasCommit } from '../git/revisions.ts';
import type { Environment } from '../model/desired.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { type AppliedAt, notFetched, recordedAt } from './applied.ts';
import type { CommonOptions } from './common-options.ts';
import { loadAt } from './load-at.ts';
import { demandOneEnvironment, refused } from './one-environment.ts';
import type { Shell } from './shell.ts';

/** What is applied, as far as it decides which commit that is. */
export interface ToRecord {
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
  readonly organization: string;
  readonly environment: Environment;
  readonly sha256: string;
  readonly limited: boolean;
  /** Of a saved plan: the commit that it was made at. Null for the file itself. */
  readonly plannedAt: string | null;
  /** The file and what it extends, absolute. Empty where the file is not at hand. */
  readonly files: readonly string[];
}

/** Keeps the commit that was applied. */
export interface Recorder {
  readonly commit: string;
  /** Moves the ref, here and at the remote; a problem where that fails. */
  readonly record: () => Promise<Problem | null>;
  /** What it says when it is done. */
  readonly told: string;
}

/**
 * Finds out before the first write which commit an apply is of, and whether the ref may move there: only forward. Stops with
 * exit 3 where nobody can say which commit it is, and with exit 4 where a later one was applied already.
 */
export async function openRecorder(
  applied: ToRecord,
  options: CommonOptions & { readonly remote?: string },
  shell: Shell,
): Promise<Recorder> {
  const { environment, limited, organization, root } = applied;
  const { variables } = shell.edge;
  if (limited)
    throw refused('--target applies a part of a configuration', 'Apply the whole, or leave --record out.');
  if (environment === 'local')
    throw refused('this is a local environment, which nobody else can see', 'Leave --record out.');
  await demandRepository(root, '--record', variables);
  const to = await commitToRecord(applied, options, shell);
  await demandOneEnvironment(applied, to, options, shell);
  const at: AppliedAt = { root, organization, remote: options.remote ?? 'origin' };
  const ref = appliedRef(organization);
  const [refs, local] = await Promise.all([recordedAt(at, shell), localRef(root, ref, variables)]);
  const there = remoteCommit(refs, ref);
  if (there !== null && !(await hasCommit(root, there, variables)))
    throw await notFetched(at, ref, there, shell);
  for (const from of [there, local])
    if (from !== null) await demandForward(at, { ref, from, to, remote: refs !== null }, shell);
  if (refs !== null && 'failed' in refs)
    shell.note(`The remote ${at.remote} could not be asked what was last applied: ${refs.failed}.\n`);
  return {
    commit: to,
    record: () => record(at, { ref, local, there, to, remote: refs !== null }, shell),
    told: `\nRecorded: ${ref} is ${to.slice(0, 12)}${refs === null ? '' : `, pushed to ${at.remote}`}.\n`,
  };
}

const remoteCommit = (refs: RemoteRefs | null, ref: string): string | null =>
  refs === null || 'failed' in refs ? null : (refs.get(ref) ?? null);

/** HEAD, when HEAD has the configuration; of a saved plan otherwise its own commit, when that is part of HEAD's history. */
async function commitToRecord(applied: ToRecord, options: CommonOptions, shell: Shell): Promise<string> {
  const { files, path, plannedAt, root, sha256 } = applied;
  const { variables } = shell.edge;
  const head = await headCommit(root, variables);
  if (head === null) throw refused('the repository has no commit', 'Commit the configuration first.');
  const clean = files.length > 0 && !(await differsFromHead(root, files, variables));
  if (plannedAt === null && clean) return head;
  if (plannedAt === null)
    throw refused(
      'the configuration differs from the last commit',
      'Commit it, with what it extends, first.',
    );
  const has = async (commit: string): Promise<boolean> => {
    if (isAbsolute(path) || path.startsWith('../')) return false;
    const loaded = await loadAt(path, revisionTree(root, commit, variables), root, options, shell);
    return loaded.sha256 === sha256;
  };
  // A clean work tree whose bytes the plan was made from is HEAD's, also where Git changes line ends on the way.
  if (clean || (await has(head))) return head;
  const before = (await hasCommit(root, plannedAt, variables))
    ? await comesBefore(root, plannedAt, head, variables)
    : 'no';
  if (before === 'yes' && (await has(plannedAt))) return plannedAt;
  if (before === 'unknown')
    throw refused(
      `whether the commit ${plannedAt.slice(0, 12)} of the plan is part of HEAD’s history cannot be told from what is here`,
      'A shallow clone lacks the history: git fetch --unshallow',
    );
  throw refused(
    `neither HEAD nor the commit ${plannedAt.slice(0, 12)} of the plan has the configuration that the plan was made from`,
    'Check out the commit that was merged, or plan again from what is committed.',
  );
}

async function demandForward(
  { remote, root }: AppliedAt,
  move: { readonly ref: string; readonly from: string; readonly to: string; readonly remote: boolean },
  { edge }: Shell,
): Promise<void> {
  const { from, ref, to } = move;
  const order = await comesBefore(root, from, to, edge.variables);
  if (order === 'yes') return;
  const [was, now] = [from.slice(0, 12), to.slice(0, 12)];
  if (order === 'unknown')
    throw new Stop(3, [
      errorProblem(
        'BASE_NOT_FETCHED',
        `Whether ${ref} (${was}) comes before ${now} cannot be told from what is here.`,
        {
          hint: 'A shallow clone lacks the history: git fetch --unshallow',
        },
      ),
    ]);
  const there = move.remote ? ` && git push ${remote} --delete ${ref}` : '';
  throw new Stop(4, [
    errorProblem('RECORD_BEHIND', `${was} was applied already (${ref}), and ${now} does not come after it.`, {
      hint: `Apply what is newest; to go back, revert with a new commit. After a rewritten history: git update-ref -d ${ref}${there}`,
    }),
  ]);
}

interface Move {
  readonly ref: string;
  readonly local: string | null;
  readonly there: string | null;
  readonly to: string;
  readonly remote: boolean;
}

async function record({ root, remote }: AppliedAt, move: Move, { edge }: Shell): Promise<Problem | null> {
  const { local, ref, there, to } = move;
  const here = local === to ? null : await moveLocal(root, ref, { from: local, to }, edge.variables);
  const words =
    move.remote && there !== to ? await push(root, { remote, ref, from: there, to }, edge.variables) : null;
  if (here === null && words === null) return null;
  const whys = [
    ...(here === null ? [] : [`${ref} cannot be moved here: ${here}`]),
    ...(words === null ? [] : [`${ref} cannot be pushed to ${remote}: ${words}`]),
  ];
  const commands = [
    ...(here === null ? [] : [`git update-ref ${ref} ${to}`]),
    ...(words === null ? [] : [pushCommand(remote, ref, to)]),
  ];
  return notRecorded(whys.join('; '), commands.join(' && '));
}

const notRecorded = (why: string, command: string): Problem =>
  errorProblem('RECORD_NOT_PUSHED', `The apply is done and proven, but not recorded: ${why}.`, {
    hint: `By hand: ${command}`,
  });
