import type { SyncedRecord } from '../model/synced-record.ts';
import { commandFor } from './command-for.ts';
import { type Remedy, remedies } from './remedies.ts';
import { remediesOf } from './remedy.ts';

/** What usually helps a failed record. */
export type RemediesOf = (failed: Pick<SyncedRecord, 'object_type' | 'errors'>) => readonly Remedy[];

/** Remedies whose commands are about the configuration that was named. Each stays one object, by which records are grouped. */
export function remediesFor(named: string | null): RemediesOf {
  const aimed = new Map<Remedy, Remedy>();
  const aim = (remedy: Remedy): Remedy => {
    const steps = remedy.steps.map((step) =>
      step.type === 'run' ? { ...step, text: commandFor(step.text, named) } : step,
    );
    const known = aimed.get(remedy) ?? { ...remedy, steps };
    aimed.set(remedy, known);
    return known;
  };
  return (failed) => (failed.errors.length === 0 ? [remedies.unexplained] : remediesOf(failed)).map(aim);
}
