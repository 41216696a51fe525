import { groupBy } from '../../render/outcome-lines.ts';
import { printable } from '../../render/printable.ts';
import { counted } from '../../render/summary-text.ts';

/** What is told of recording what was applied, an entry for each organization: it is told once with how many have it. */
export interface Recordings {
  /** Done. */
  readonly recorded: string[];
  /** To know on the way, such as a remote that cannot be asked. */
  readonly notes: string[];
}

/** Nothing yet. */
export const noRecordings = (): Recordings => ({ recorded: [], notes: [] });

const ref = /refs\/ledgerform\/[0-9a-f-]+/gi;

/** A line for each thing that is told, and of how many organizations. */
export const recordedLines = ({ notes, recorded }: Recordings): string =>
  [
    ...[...groupBy(notes.map(alike), (text) => text)].map(
      ([text, all]) => `${text} (${counted(all.length, 'organization')})`,
    ),
    ...[...groupBy(recorded.map(alike), (text) => text)].map(
      ([text, all]) =>
        `Recorded for ${counted(all.length, 'organization')}: ${text.replace(/^Recorded: /, '')}`,
    ),
  ]
    .map((line) => `\n${printable(line)}\n`)
    .join('');

/** The name of a ref has the organization’s id. */
const alike = (text: string): string => text.trim().replace(ref, 'refs/ledgerform/<organization id>');
