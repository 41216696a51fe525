import { Argument, InvalidArgumentError, Option } from 'commander';
import type { BookList } from '../../model/book-document.ts';
import { type DiffClass, diffClasses } from '../../model/document-diff.ts';
import type { CommandSpec } from '../command-spec.ts';
import type { CommonOptions } from '../common-options.ts';
import { repeated } from '../option-values.ts';
import type { DocumentsDiffOptions } from './documents-diff.ts';
import type { DocumentsListOptions } from './documents-list.ts';

const formats = ['table', 'json', 'csv'] as const;

const listCommand = (list: BookList, noun: string): CommandSpec => ({
  name: 'list',
  description: `list the ${noun} of the accounting system`,
  isDefault: true,
  options: [
    new Option('--match <text>', 'only those with this text in a column'),
    ...(list === 'payables'
      ? [new Option('--status <name>', 'only those with this status there (repeatable)').argParser(repeated)]
      : []),
  ],
  formats,
  run: async ({ command, shell }) =>
    (await import('./documents-list.ts')).listDocuments(
      list,
      command.optsWithGlobals<DocumentsListOptions>(),
      shell,
    ),
});

const showCommand = (list: BookList, noun: string): CommandSpec => ({
  name: 'show',
  description: `show one of the ${noun} of the accounting system with its lines`,
  arguments: [new Argument('<id>', 'the accounting system’s own id, as list shows it')],
  formats,
  run: async ({ command, shell }) =>
    (await import('./documents-show.ts')).showDocument(
      list,
      command.args[0] ?? '',
      command.optsWithGlobals<CommonOptions>(),
      shell,
    ),
});

const listsCommand = (list: BookList, noun: string): CommandSpec => ({
  name: list,
  description: `the ${noun} of the accounting system`,
  subcommands: [listCommand(list, noun), showCommand(list, noun)],
});

const onlyOption = (): Option =>
  new Option('--only <class>', 'only this class, also for the exit code (repeatable)')
    .choices(diffClasses)
    .argParser<readonly DiffClass[]>((text, before = []) => [...before, classOf(text)]);

function classOf(text: string): DiffClass {
  const found = diffClasses.find((each) => each === text);
  if (found) return found;
  throw new InvalidArgumentError(`Allowed choices are ${diffClasses.join(', ')}.`);
}

const diffCommand: CommandSpec = {
  name: 'diff',
  description:
    'compare payables and invoices with the documents of the accounting system; exit 2 when something differs',
  options: [
    new Option('--type <list>', 'only these (default: both)').choices(['payables', 'receivables']),
    onlyOption(),
    new Option(
      '--no-lines',
      'without the accounts of payables, whose lines cost a request each; so it is where --only asks for neither differs nor same',
    ),
    new Option('--show-same', 'also what is the same, and what nobody expects there'),
    new Option('--show-all', 'lists in full'),
  ],
  formats,
  run: async ({ command, shell }) =>
    (await import('./documents-diff.ts')).diffDocuments(
      command.optsWithGlobals<DocumentsDiffOptions>(),
      shell,
    ),
};

/** `ledgerform documents`: what is in the accounting system, and whether it is what we have. */
export const documentsCommand: CommandSpec = {
  name: 'documents',
  description: 'documents in the accounting system, and which of ours are missing there',
  subcommands: [listsCommand('payables', 'bills'), listsCommand('receivables', 'invoices'), diffCommand],
};
