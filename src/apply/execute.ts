import type { Kinds } from '../model/kind.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change, Plan } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import type { ApiError, Provider } from '../providers/contract.ts';
import { isAssignment } from './assignables.ts';
import type { Journal } from './journal.ts';
import type { Sleep } from './lookout.ts';
import type { Revised } from './revise.ts';
import { outcomeOf, type Run } from './run.ts';
import { schedule } from './schedule.ts';
import { settling } from './settle.ts';
import { writeAssignment } from './write-assignment.ts';
import { writeCreate } from './write-create.ts';
import { writeDelete } from './write-delete.ts';
import { writeSettings } from './write-settings.ts';
import { writeUpdate } from './write-update.ts';

/** Progress of an apply, change by change. */
export type ApplyEvent =
  | { readonly type: 'started'; readonly change: Change }
  | { readonly type: 'finished'; readonly change: Change; readonly outcome: Outcome };

export interface ExecuteContext {
  readonly provider: Provider;
  readonly settleSeconds: number;
  readonly concurrency: number;
  /** Aborted by the first Ctrl-C: what is in flight is finished, nothing more is started. */
  readonly stop: AbortSignal;
  readonly sleep: Sleep;
  readonly journal: Journal;
  readonly notify: (event: ApplyEvent) => void;
}

/** What the writes of a plan came to. */
export interface Executed {
  /** One for each change, in the plan's order. */
  readonly outcomes: readonly Outcome[];
  /** Why no more was started; null when the run went through. */
  readonly halt: Problem | null;
  /** Writes that reached the service, or may have. */
  readonly writes: number;
}

/**
 * The only writer. Changes run side by side, each as soon as all that it depends on is done; a change that fails takes
 * along only what depends on it. References become ids at the moment of the write. Settings are one request with one
 * outcome each. Nothing is sent that is not in the record before.
 */
export async function execute(plan: Plan, revised: Revised, context: ExecuteContext): Promise<Executed> {
  const { provider, journal, stop } = context;
  const outcomes = new Map<Address, Outcome>();
  let ended: Problem | null = null;
  let writes = 0;
  const halt = (): Problem | null => ended ?? journal.broken() ?? (stop.aborted ? interrupted : null);
  const failed = (error: ApiError): void => {
    if (error.endsRun) ended ??= error.problem;
  };
  const fields = new Map(revised.verdicts.map((each) => [each.change.address, each.fields ?? []]));
  const run: Run = {
    provider,
    kinds: provider.kinds,
    ids: new Map(revised.ids),
    fieldsOf: ({ address }) => fields.get(address) ?? [],
    lines: revised.lines,
    journal,
    settle: settling({
      ...context,
      kinds: provider.kinds,
      known: revised.known,
      creates: createsOf(revised),
    }),
    halt,
    failed,
    heard: (written) => {
      if (written.status !== 'refused' || written.error.status !== null) writes += 1;
      if (written.status !== 'stored') failed(written.error);
    },
  };
  const finish = (change: Change, outcome: Outcome): void => {
    outcomes.set(change.address, outcome);
    context.notify({ type: 'finished', change, outcome });
  };

  for (const { change, status, id, problem } of revised.verdicts)
    if (status === 'already_done' || status === 'overtaken')
      finish(change, outcomeOf(change, status, id, problem));
  const toRun = revised.verdicts.filter(({ status }) => status === 'run').map(({ change }) => change);
  const left = await schedule(
    groupsOf(toRun, provider.kinds),
    (change) => needsOf(change, provider.kinds, run.ids),
    {
      concurrency: context.concurrency,
      halted: () => halt() !== null,
      block: (change, cause) =>
        finish(change, outcomeOf(change, 'skipped', change.id, dependencyFailed(change, cause))),
      async carryOut(changes) {
        for (const change of changes) context.notify({ type: 'started', change });
        const written = await write(changes, run);
        changes.forEach((change, index) => {
          const outcome = written[index];
          if (outcome) finish(change, outcome);
        });
        return new Map(
          written.map(({ address, status }) => [address, status === 'applied' || status === 'already_done']),
        );
      },
    },
  );
  const reason = halt();
  if (reason)
    for (const change of left)
      finish(change, outcomeOf(change, 'skipped', change.id, notStarted(change, reason)));
  return {
    outcomes: plan.changes.flatMap(({ address }) => outcomes.get(address) ?? []),
    halt: left.length > 0 ? reason : ended,
    writes,
  };
}

async function write(changes: readonly Change[], run: Run): Promise<readonly Outcome[]> {
  const [change] = changes;
  if (change && isAssignment(change)) return [await writeAssignment(change, run)];
  const kind = run.kinds.collections.find(({ name }) => name === change?.kind);
  if (!change || !kind) return writeSettings(changes, run);
  if (change.action === 'create') return [await writeCreate(change, kind, run)];
  if (change.id === null) throw new Error(`${change.address} has no id to ${change.action}`);
  const act = change.action === 'delete' ? writeDelete : writeUpdate;
  return [await act(change, kind, change.id, run)];
}

/** Each change alone, but all settings together. */
function groupsOf(changes: readonly Change[], kinds: Kinds): readonly (readonly Change[])[] {
  const slots = new Set(kinds.settings.map(({ address }) => address));
  const settings = changes.filter(({ address }) => slots.has(address));
  const groups = changes.filter(({ address }) => !slots.has(address)).map((change) => [change]);
  return settings.length === 0 ? groups : [...groups, settings];
}

/** What must be done before a change: what the plan says, and whatever the change refers to that is still to be created. */
function needsOf(change: Change, kinds: Kinds, ids: ReadonlyMap<Address, string>): readonly Address[] {
  const refers = isAssignment(change) || kinds.settings.some(({ address }) => address === change.address);
  if (!refers) return change.depends_on;
  const created = Object.values(change.after ?? {}).filter((each) => each !== null && !ids.has(each));
  return [...change.depends_on, ...created.filter((each) => each !== null)];
}

const createsOf = ({ verdicts }: Revised): readonly Change[] =>
  verdicts.flatMap(({ change, status }) => (change.action === 'create' && status === 'run' ? [change] : []));

const interrupted: Problem = errorProblem('INTERRUPTED', 'The run was interrupted.', {
  hint: 'Run the same again: it does what is left, and nothing twice.',
});

const dependencyFailed = (change: Change, cause: Address): Problem =>
  errorProblem('DEPENDENCY_FAILED', `${change.label}: skipped, because ${cause} was not done`, {
    address: change.address,
    hint: `Repair ${cause} first, then run again.`,
  });

const notStarted = (change: Change, reason: Problem): Problem =>
  errorProblem(
    reason.code === 'INTERRUPTED' ? 'INTERRUPTED' : 'NOT_STARTED',
    `${change.label}: not started, because ${reason === interrupted ? 'the run was interrupted' : reason.message}`,
    { address: change.address, hint: 'Run again: it does what is left.' },
  );
