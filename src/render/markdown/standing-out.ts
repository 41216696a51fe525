import type { Change } from '../../model/plan.ts';
import type { Command } from '../../model/result.ts';
import { labelText } from '../label-text.ts';
import type { Block, Entry } from './fit.ts';
import { inert } from './inert.ts';

/** Names of one list. */
const shownNames = 10;

/** Changes that are shown, and of whom where there are several. */
export interface Someones {
  readonly changes: readonly Change[];
  readonly whose: string | null;
}

/**
 * What nobody may overlook, by name and with nothing to unfold: what is deleted, and where somebody else has changed what the
 * file changes. Drift only looks, so it deletes nothing.
 */
export function standingOut(command: Command, all: readonly Someones[]): readonly Block[] {
  const entriesOf = (wanted: (change: Change) => boolean): readonly Entry[] =>
    all.flatMap(({ changes, whose }) =>
      changes.filter(wanted).map((change) => ({ count: 1, text: () => `- ${nameOf(change, whose)}\n` })),
    );
  return [
    ...(command === 'drift'
      ? []
      : listed(
          'Deletes',
          'delete',
          entriesOf(({ action }) => action === 'delete'),
        )),
    ...listed(
      'Conflicts',
      'conflict',
      entriesOf(({ reason }) => reason === 'conflict'),
    ),
  ];
}

function listed(title: string, noun: string, entries: readonly Entry[]): readonly Block[] {
  if (entries.length === 0) return [];
  return [{ open: `\n**${title}**\n\n`, entries, close: '', noun, most: shownNames, again: true }];
}

function nameOf({ action, address, label }: Change, whose: string | null): string {
  const called = label === '' ? '' : `${inert(labelText(label), 100)} `;
  // The address of an assignment is made of ids.
  const where = called !== '' && /assign$/.test(action) ? '' : inert(address, 100);
  return `${`${called}${where}`.trimEnd()}${whose === null ? '' : ` in ${whose}`}`;
}
