import { Option } from 'commander';
import { lateAfter } from '../../accounting/connection-state.ts';
import { pushTypes } from '../../model/readiness.ts';
import type { CommandSpec } from '../command-spec.ts';
import { wholeNumber } from '../option-values.ts';
import type { ReadinessOptions } from './readiness.ts';
import { repeatedChoice } from './records-options.ts';

/** As the status of the connection has it. */
const usualAge = lateAfter / 60_000;

/** Answers whether the organization can push. */
export const readinessCommand: CommandSpec = {
  name: 'readiness',
  description:
    'say whether bills, invoices, payments and products can be pushed; exit 2 when something blocks',
  result: 'readiness',
  options: [
    new Option('--type <name>', 'only these objects, and only what they need is read (repeatable)')
      .choices(pushTypes)
      .argParser(repeatedChoice(pushTypes)),
    new Option('--max-age <minutes>', 'warn when the last pull is older')
      .default(usualAge)
      .argParser(wholeNumber(1, 1_000_000)),
    new Option('--show-all', 'lists in full'),
  ],
  run: async ({ command, shell }) =>
    (await import('./readiness.ts')).readiness(command.optsWithGlobals<ReadinessOptions>(), shell),
};
