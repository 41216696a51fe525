import type { LiveConnection } from '../model/live.ts';
import { printable } from './printable.ts';
import { counted, numberText } from './summary-text.ts';

/** What no longer goes on, in counts; a collection is named by its noun. */
export interface StoppingCounts {
  readonly externals: readonly { readonly noun: string; readonly count: number }[];
  readonly settings: number;
  readonly assignments: number;
  readonly records: { readonly pending: number; readonly failed: number } | null;
}

/** What will stop working when a connection ends, line by line. */
export function whatStopsText(
  { id, platform }: Pick<LiveConnection, 'id' | 'platform'>,
  { assignments, externals, records, settings }: StoppingCounts,
): string {
  const looked = externals.map(({ count, noun }) => counted(count, `external ${noun}`));
  const leaning = [
    ...(settings === 0 ? [] : [counted(settings, 'setting')]),
    ...(assignments === 0 ? [] : [counted(assignments, 'assignment')]),
  ];
  const lines = [
    'Nothing is pulled any more: accounts, rates, vendors and documents stay as they were at the last pull.',
    'Nothing is pushed any more: bills, invoices, payments and products wait or fail.',
    ...(looked.length === 0
      ? []
      : [
          `The configuration looks up ${looked.join(' and ')}${leaning.length === 0 ? '' : `, used by ${leaning.join(' and ')}`}.`,
        ]),
    records === null
      ? 'How many records are on their way is not known.'
      : `${counted(records.pending, 'record')} still to be pushed, ${numberText(records.failed)} failed.`,
    'A person has to authorise the next connection again.',
  ];
  return `\nDisconnecting ${printable(platform ?? 'the accounting system')} (connection ${printable(id)}):\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}
