import { Argument, Option } from 'commander';
import type { CommandSpec } from '../command-spec.ts';
import type { CommonOptions } from '../common-options.ts';
import { aimed } from './aimed.ts';
import type { RecordsListOptions } from './records-list.ts';
import { objectOption, repeatedChoice, timeOptions, typeOption } from './records-options.ts';
import type { RecordsRetryOptions } from './records-retry.ts';
import { waitOption } from './wait-option.ts';

const statuses = ['pending', 'error', 'done'] as const;

const listCommand: CommandSpec = {
  name: 'list',
  description: 'show synchronization records, with totals of each type and status',
  options: [
    typeOption(),
    objectOption(),
    new Option('--status <status>', 'only those in this status (repeatable)')
      .choices(statuses)
      .argParser(repeatedChoice(statuses)),
    ...timeOptions(),
    new Option('--sort <time>', 'by which time').choices(['created', 'updated']),
    new Option('--order <direction>', 'the earliest or the latest first').choices(['asc', 'desc']),
  ],
  formats: ['table', 'json', 'csv'],
  run: async ({ command, shell }) =>
    (await import('./records-list.ts')).recordsList(command.optsWithGlobals<RecordsListOptions>(), shell),
};

const showCommand: CommandSpec = {
  name: 'show',
  description: 'show one record in full, and what usually helps where it failed',
  arguments: [new Argument('<id>', 'the record’s id')],
  run: async ({ command, shell }) =>
    (await import('./records-show.ts')).recordsShow(
      command.args[0] ?? '',
      command.optsWithGlobals<CommonOptions>(),
      shell,
    ),
};

const retryCommand: CommandSpec = {
  name: 'retry',
  description: 'push records again, and report each',
  arguments: [new Argument('[ids...]', 'the records’ ids')],
  options: [
    new Option('--failed', 'all that are in error'),
    typeOption(),
    objectOption(),
    new Option('--force', 'also what is not in error, and without an active connection'),
    waitOption('wait until each has an outcome'),
    new Option('--auto-approve', 'do not ask, however many they are'),
  ],
  run: async ({ command, shell }) =>
    (await import('./records-retry.ts')).recordsRetry(
      command.args,
      command.optsWithGlobals<RecordsRetryOptions>(),
      shell,
    ),
};

/** `ledgerform records`: what was synchronized with the accounting system, and what failed. */
export const recordsCommand: CommandSpec = {
  name: 'records',
  description: 'synchronization records: what reached the accounting system, and what failed',
  subcommands: [listCommand, showCommand, retryCommand].map(aimed),
};
