import { InvalidArgumentError, Option } from 'commander';
import { type PushType, pushTypes } from '../../model/readiness.ts';
import type { CommandSpec } from '../command-spec.ts';
import { wholeNumber } from '../option-values.ts';
import type { ReadinessOptions } from './readiness.ts';

/** Minutes: pulls are hourly and take their time, so one that is older than this was left out. */
const usualAge = 90;

/** Answers whether the organization can push. */
export const readinessCommand: CommandSpec = {
  name: 'readiness',
  description:
    'say whether bills, invoices, payments and products can be pushed; exit 2 when something blocks',
  result: 'readiness',
  options: [
    new Option('--type <name>', 'only these objects, and only what they need is read (repeatable)')
      .choices(pushTypes)
      .argParser(typeOption),
    new Option('--max-age <minutes>', 'warn when the last pull is older')
      .default(usualAge)
      .argParser(wholeNumber(1, 1_000_000)),
    new Option('--show-all', 'lists in full'),
  ],
  run: async ({ command, shell }) =>
    (await import('./readiness.ts')).readiness(command.optsWithGlobals<ReadinessOptions>(), shell),
};

/** Collects types. */
function typeOption(text: string, before: readonly PushType[] = []): readonly PushType[] {
  const found = pushTypes.find((type) => type === text);
  if (found) return [...before, found];
  throw new InvalidArgumentError(`It must be one of ${pushTypes.join(', ')}.`);
}
