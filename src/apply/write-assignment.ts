import type { CollectionKind } from '../model/kind.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Fields, Value } from '../model/value.ts';
import type { LineAssignment, Written } from '../providers/contract.ts';
import type { Look } from './lookout.ts';
import { payableLocked } from './payable-locked.ts';
import { kindOf } from './revise-assignment.ts';
import { addressOf } from './revise-setting.ts';
import { conclude, intend, lostAnswer, outcomeOf, type Run, refusal, unsent } from './run.ts';

/** One field of an assignment: its name in the file, its name on the wire, and what it shall hold. */
interface Pointer {
  readonly field: string;
  readonly wire: keyof LineAssignment;
  readonly id: string | null;
}

/** How the object of a change is written and looked at; both say what it points to. */
interface Target {
  readonly write: (ids: LineAssignment) => Promise<Written<LineAssignment>>;
  readonly look: Look<LineAssignment | undefined>;
  readonly refused: (error: Parameters<typeof refusal>[1]) => Promise<Problem>;
}

/** Assigns one product or line by one request with what differs, and no more; a lost answer is settled by looking. */
export async function writeAssignment(change: Change, run: Run): Promise<Outcome> {
  const target = change.kind === 'product_assignment' ? productOf(change, run) : lineOf(change, run);
  const pointers = run.fieldsOf(change).map((field) => pointerOf(field, change, run));
  const intent = intend([change], run);
  const write = typeof intent === 'number' ? intent : await intent;
  if (write === null) return unsent(change, run);
  const written = await target.write(Object.fromEntries(pointers.map(({ wire, id }) => [wire, id])));
  run.heard(written);
  const close = (
    outcome: Outcome,
    stored: LineAssignment | null,
    requestId: string | null,
  ): Promise<Outcome> =>
    conclude(change, run, write, outcome, stored && told(pointers, stored, run), { requestId });
  if (written.status === 'stored') {
    const problem = notStored(change, pointers, written.stored, run);
    const outcome = outcomeOf(change, problem ? 'failed' : 'applied', change.id, problem);
    return close(outcome, written.stored, written.requestId);
  }
  const { error } = written;
  if (written.status === 'refused')
    return close(outcomeOf(change, 'failed', change.id, await target.refused(error)), null, error.requestId);
  if (!error.endsRun) {
    const seen = await target.look((now) => (now && differing(pointers, now).length === 0 ? now : null));
    if (seen.status === 'seen') return close(outcomeOf(change, 'applied'), seen.result, error.requestId);
    if (seen.status === 'uncertain') run.failed(seen.error);
  }
  return close(outcomeOf(change, 'unknown', change.id, lostAnswer(change, error)), null, error.requestId);
}

function productOf(change: Change, run: Run): Target {
  const id = idOf(change);
  return {
    write: async ({ ledger_account_id = null }) => {
      const written = await run.provider.assignProduct(id, ledger_account_id);
      return written.status === 'stored'
        ? { ...written, stored: { ledger_account_id: written.stored } }
        : written;
    },
    look: run.settle.product(id),
    refused: async (error) => refusal(change, error),
  };
}

function lineOf(change: Change, run: Run): Target {
  const id = idOf(change);
  const line = run.lines.get(change.address);
  if (!line) throw new Error(`${change.address} was not read`);
  return {
    write: (ids) => run.provider.assignLineItem(line.payable.id, id, ids),
    look: run.settle.line(line.payable.id, id),
    refused: async (error) =>
      (error.endsRun ? null : await payableLocked(change, line, error, run.provider)) ??
      refusal(change, error),
  };
}

function idOf({ address, id }: Change): string {
  if (id === null) throw new Error(`${address} has no id to assign`);
  return id;
}

/** References become ids here, at the moment of the write. */
function pointerOf(field: string, change: Change, run: Run): Pointer {
  const reference = change.after?.[field] ?? null;
  const id = reference === null ? null : run.ids.get(reference);
  if (id === undefined) throw new Error(`${change.address} points to ${reference}, which has no id`);
  return { field, wire: wireOf(kindOf(field, run.kinds), change), id };
}

function wireOf({ name, usedIn }: CollectionKind, { kind }: Change): keyof LineAssignment {
  const wire = kind === 'product_assignment' ? usedIn.product : usedIn.line;
  if (wire === null) throw new Error(`a ${kind} has no ${name}`);
  return wire;
}

const differing = (pointers: readonly Pointer[], stored: LineAssignment): readonly Pointer[] =>
  pointers.filter(({ wire, id }) => (stored[wire] ?? null) !== id);

const named = (id: string | null, run: Run): Value => (id === null ? null : (addressOf(run.ids, id) ?? id));

const told = (pointers: readonly Pointer[], stored: LineAssignment, run: Run): Fields =>
  Object.fromEntries(pointers.map(({ field, wire }) => [field, named(stored[wire] ?? null, run)]));

function notStored(
  change: Change,
  pointers: readonly Pointer[],
  stored: LineAssignment,
  run: Run,
): Problem | null {
  const wrong = differing(pointers, stored);
  if (wrong.length === 0) return null;
  const said = wrong.map(
    ({ field, wire, id }) =>
      `${field} was sent as ${named(id, run) ?? 'empty'} and is stored as ${named(stored[wire] ?? null, run) ?? 'empty'}`,
  );
  return errorProblem('VALUE_NOT_STORED', `${change.label}: ${said.join('; ')}`, {
    address: change.address,
    hint: `Set it in Tesouro, or leave ${wrong.map(({ field }) => field).join(' and ')} out of this item so that it is not managed. Then plan again.`,
    origin: change.source,
  });
}
