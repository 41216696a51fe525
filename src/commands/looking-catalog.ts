import { Argument, Option } from 'commander';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import type { BaseOptions } from './base.ts';
import { baseOptions } from './base-options.ts';
import type { CommandSpec } from './command-spec.ts';
import type { CommonOptions } from './common-options.ts';
import type { HistoryOptions } from './history.ts';
import type { ListOptions } from './list.ts';

const listed = [
  ...kinds.collections.map(({ collection }) => collection),
  'products',
  'payables',
  'line_items',
  'settings',
];

/** Shows live objects. */
export const listCommand: CommandSpec = {
  name: 'list',
  description: 'show live objects, with the key that manages each',
  arguments: [
    new Argument('<kind>', 'what to list').choices(listed),
    new Argument('[id]', 'one of them in full'),
  ],
  options: [
    new Option('--internal', 'only those that Ledgerform can manage'),
    new Option('--external', 'only those of the accounting system'),
    new Option(
      '--unassigned',
      'only products, payables (draft, new) and their lines that lack a ledger account',
    ),
    new Option('--match <text>', 'only those with this text in a column'),
  ],
  formats: ['table', 'json', 'csv'],
  run: async ({ command, shell }) =>
    (await import('./list.ts')).list(
      command.args[0] ?? '',
      command.args[1],
      command.optsWithGlobals<ListOptions>(),
      shell,
    ),
};

/** Says where values come from. */
export const explainCommand: CommandSpec = {
  name: 'explain',
  description: 'say where a value comes from: file, layer, rule, and what is live',
  arguments: [new Argument('<address>', 'as plan prints it: ledger_accounts.cash, assignments.products.ID')],
  options: baseOptions(),
  run: async ({ command, shell }) =>
    (await import('./explain.ts')).explain(
      command.args[0] ?? '',
      command.optsWithGlobals<CommonOptions & BaseOptions>(),
      shell,
    ),
};

/** Shows what was applied. */
export const historyCommand: CommandSpec = {
  name: 'history',
  description: 'show what was applied, when and by whom',
  arguments: [new Argument('[run]', 'one run in full')],
  run: async ({ command, shell }) =>
    (await import('./history.ts')).history(command.args[0], command.optsWithGlobals<HistoryOptions>(), shell),
};
