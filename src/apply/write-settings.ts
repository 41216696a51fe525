import type { LiveSettings } from '../model/live.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import { slotOf } from './revise-setting.ts';
import { conclude, intend, lostAnswer, outcomeOf, type Run, refusal, unsent } from './run.ts';
import { valueNotStored } from './value-not-stored.ts';

/** Writes all given settings by one request; each change has its own outcome. */
export async function writeSettings(changes: readonly Change[], run: Run): Promise<readonly Outcome[]> {
  const sent = Object.fromEntries(changes.map((change) => [change.address, idToSet(change, run)]));
  const intent = intend(changes, run);
  const write = typeof intent === 'number' ? intent : await intent;
  if (write === null) return changes.map((change) => unsent(change, run));
  const written = await run.provider.writeSettings(sent);
  run.heard(written);
  const requestId = written.status === 'stored' ? written.requestId : written.error.requestId;
  const close = (
    judge: (change: Change) => Outcome,
    stored: LiveSettings | null,
  ): Promise<readonly Outcome[]> =>
    Promise.all(
      changes.map((change) => {
        const { field } = slotOf(run.kinds, change.address);
        const fields = stored && { [field]: stored[change.address] ?? null };
        return conclude(change, run, write, judge(change), fields, { requestId });
      }),
    );
  if (written.status === 'stored')
    return close((change) => compared(change, sent, written.stored, run), written.stored);
  const { error } = written;
  if (written.status === 'refused')
    return close((change) => outcomeOf(change, 'failed', change.id, refusal(change, error)), null);
  if (!error.endsRun) {
    const seen = await run.settle.settings((live) =>
      changes.every(({ address }) => (live[address] ?? null) === sent[address]) ? live : null,
    );
    if (seen.status === 'seen') return close((change) => outcomeOf(change, 'applied'), seen.result);
    if (seen.status === 'uncertain') run.failed(seen.error);
  }
  return close((change) => outcomeOf(change, 'unknown', change.id, lostAnswer(change, error)), null);
}

function idToSet(change: Change, run: Run): string | null {
  const reference: Address | null = change.after?.[slotOf(run.kinds, change.address).field] ?? null;
  if (reference === null) return null;
  const id = run.ids.get(reference);
  if (id === undefined) throw new Error(`${change.address} points to ${reference}, which has no id`);
  return id;
}

function compared(change: Change, sent: LiveSettings, stored: LiveSettings, run: Run): Outcome {
  const wanted = sent[change.address] ?? null;
  const now = stored[change.address] ?? null;
  const { field } = slotOf(run.kinds, change.address);
  const problem = now === wanted ? null : valueNotStored(change, [{ field, sent: wanted, stored: now }], '');
  return outcomeOf(change, problem ? 'failed' : 'applied', change.id, problem);
}
