import { InvalidArgumentError, Option } from 'commander';
import { momentOf } from '../../accounting/moment.ts';
import type { RecordsWanted } from '../../accounting/read-records.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { type ObjectType, objectTypes } from '../../model/synced-record.ts';
import { pathText, repeated } from '../option-values.ts';

/** What narrows lists of records by the API’s own filters. */
export interface RecordsNarrowed {
  readonly type?: readonly ObjectType[];
  readonly object?: readonly string[];
  readonly createdSince?: string;
  readonly createdUntil?: string;
  readonly updatedSince?: string;
  readonly updatedUntil?: string;
}

/** Collects words, each of which must be one of a few. */
export const repeatedChoice =
  <T extends string>(choices: readonly T[]) =>
  (text: string, before: readonly T[] = []): readonly T[] => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return [...before, found];
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
  };

/** `--type`, repeatable. */
export const typeOption = (): Option =>
  new Option('--type <type>', 'only records of this type of object (repeatable; without it all)')
    .choices(objectTypes)
    .argParser(repeatedChoice(objectTypes));

/** `--object`, repeatable. */
export const objectOption = (): Option =>
  new Option('--object <id>', 'only records of this object (repeatable)').argParser(repeated);

/** The four options of times. */
export const timeOptions = (): readonly Option[] => [
  new Option(
    '--created-since <time>',
    'only those created since: 2026-11-28, 2026-11-28T09:30, or so long ago: 90m, 24h, 7d',
  ).argParser(pathText),
  new Option('--created-until <time>', 'only those created until then').argParser(pathText),
  new Option('--updated-since <time>', 'only those that changed since').argParser(pathText),
  new Option('--updated-until <time>', 'only those that have not changed after').argParser(pathText),
];

/** What is asked of the service. A time that is none is Stop (exit 3). */
export function recordsWanted(options: RecordsNarrowed, now: Date): RecordsWanted {
  const { createdSince, createdUntil, object, type, updatedSince, updatedUntil } = options;
  const at = (name: string, text: string | undefined, end: 'since' | 'until'): string | null =>
    text === undefined ? null : (momentOf(text, now, end) ?? noMoment(name, text));
  const created_from = at('--created-since', createdSince, 'since');
  const created_to = at('--created-until', createdUntil, 'until');
  const updated_from = at('--updated-since', updatedSince, 'since');
  const updated_to = at('--updated-until', updatedUntil, 'until');
  return {
    ...(type && { types: type }),
    ...(object && { objects: object }),
    ...(created_from !== null && { created_from }),
    ...(created_to !== null && { created_to }),
    ...(updated_from !== null && { updated_from }),
    ...(updated_to !== null && { updated_to }),
  };
}

function noMoment(option: string, text: string): never {
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', `${option} is "${text}", which is no time.`, {
      hint: 'Write 2026-11-28, 2026-11-28T09:30 (UTC), 2026-11-28T09:30+01:00, or how long ago: 90m, 24h, 7d, 2w.',
    }),
  ]);
}
