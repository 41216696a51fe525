import { Argument, Option } from 'commander';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import type { CommandSpec } from './command-spec.ts';
import type { ImportCsvOptions } from './import-csv.ts';
import { pathText } from './option-values.ts';
import { readingOptions } from './spreadsheet-options.ts';

/** Brings a chart of accounts or a list of tax rates from a spreadsheet into the file. */
export const importCsvCommand: CommandSpec = {
  name: 'csv',
  description: 'bring a chart of accounts or tax rates from a spreadsheet into the file',
  arguments: [new Argument('<chart.csv>', 'the spreadsheet, as comma-separated values')],
  options: [
    new Option('--into <file>', 'add to this file instead of the configuration').argParser(pathText),
    new Option('--out <file>', 'write a new file, for others to extend; - for stdout')
      .argParser(pathText)
      .conflicts('into'),
    new Option('--force', 'replace a file of --out that says something else'),
    new Option('--kind <kind>', 'what the rows are, where that is not found out').choices(
      kinds.collections.map(({ collection }) => collection),
    ),
    new Option('--external', 'as look-ups of what the accounting system has'),
    new Option('--update', 'change entries that say something else than their row'),
    ...readingOptions(),
  ],
  run: async ({ command, shell }) =>
    (await import('./import-csv.ts')).importCsv(
      command.args[0] ?? '',
      command.optsWithGlobals<ImportCsvOptions>(),
      shell,
    ),
};
