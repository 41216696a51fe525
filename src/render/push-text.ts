import type { SyncedRecord } from '../model/synced-record.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { remedyText, type ShownRemedy } from './remedy-text.ts';
import { counted, numberText } from './summary-text.ts';

/** What became of pushing one record again, and what usually helps. */
export interface ShownPush {
  readonly outcome: 'done' | 'pushed' | 'overtaken' | 'failed' | 'refused' | 'unknown' | 'skipped';
  readonly record: SyncedRecord;
  readonly why: string | null;
  readonly remedies: readonly ShownRemedy[];
}

const words = {
  done: 'done',
  pushed: 'pending',
  overtaken: 'overtaken',
  failed: 'failed',
  refused: 'refused',
  unknown: 'unknown',
  skipped: 'skipped',
} as const;

/** One record on its line, why it failed below it. */
export function pushLine(push: ShownPush, paint: Paint): string {
  const { id, object_id, object_type } = push.record;
  const object = object_id === null ? '' : ` ${printable(object_id)}`;
  const below = reasonsOf(push).map((reason) => `          ${printable(reason)}\n`);
  return `${outcomeSign(push.outcome, paint)}  ${printable(object_type)}${object} (record ${printable(id)})\n${below.join('')}`;
}

/** An outcome in its colour, as wide as the usual ones. */
export const outcomeSign = (outcome: ShownPush['outcome'], paint: Paint): string =>
  coloured(outcome, paint)(words[outcome].padEnd(8));

/** Why a push came to no good end, or what there is to know of it. */
export function reasonsOf({ outcome, record, why }: ShownPush): readonly string[] {
  const reasons = [...(outcome === 'failed' ? record.errors : []), ...(why === null ? [] : [why])];
  if (outcome === 'overtaken') return [`somebody else pushed it meanwhile: ${record.sync_status}`];
  return outcome === 'failed' && record.errors.length === 0 ? ['the service does not say why'] : reasons;
}

function coloured(outcome: ShownPush['outcome'], paint: Paint): (text: string) => string {
  if (outcome === 'done') return paint.green;
  return outcome === 'pushed' || outcome === 'overtaken' || outcome === 'skipped' ? paint.yellow : paint.red;
}

/** What usually helps those that failed, each remedy once, and the summary. */
export function pushSummary(pushes: readonly ShownPush[]): string {
  const groups = new Map<ShownRemedy, ShownPush[]>();
  for (const each of pushes) {
    for (const remedy of each.remedies) {
      const group = groups.get(remedy) ?? [];
      groups.set(remedy, group);
      group.push(each);
    }
  }
  const helps = [...groups].map(([remedy, group]) => `${namesOf(group)}\n${remedyText(remedy, '')}`);
  const advice = helps.length === 0 ? '' : `\nWhat usually helps:\n${helps.join('')}`;
  return `${advice}\n${countsText(pushes)}.\n`;
}

/** `3 records: 1 done, 2 failed` */
export function countsText(pushes: readonly Pick<ShownPush, 'outcome'>[]): string {
  const parts = Object.entries(words).flatMap(([outcome, word]) => {
    const count = pushes.filter((each) => each.outcome === outcome).length;
    return count === 0 ? [] : [`${numberText(count)} ${word}`];
  });
  return `${counted(pushes.length, 'record')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

const mostNames = 5;

/** `records a, b, c, d, e and 12 more` */
export const namesOf = (group: readonly ShownPush[]): string =>
  recordNames(group.map(({ record }) => record));

/** The same of records alone. */
export function recordNames(group: readonly Pick<SyncedRecord, 'id'>[]): string {
  const ids = group.slice(0, mostNames).map(({ id }) => printable(id));
  const more = group.length > mostNames ? ` and ${numberText(group.length - mostNames)} more` : '';
  return `${group.length === 1 ? 'record' : 'records'} ${ids.join(', ')}${more}`;
}
