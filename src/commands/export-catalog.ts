import { Argument, Option } from 'commander';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { chartLayouts } from '../render/chart-csv.ts';
import type { CommandSpec } from './command-spec.ts';
import { type ExportCsvOptions, exportEncodings } from './export-options.ts';
import { pathText } from './option-values.ts';

const kindNames = kinds.collections.map(({ collection }) => collection);
// A chart is what most people mean.
const [usual = ''] = kinds.collections.filter(({ rate }) => !rate).map(({ collection }) => collection);

const csvCommand: CommandSpec = {
  name: 'csv',
  description: 'print accounts or tax rates for a spreadsheet',
  arguments: [new Argument('[kind]', 'what to print').choices(kindNames).default(usual)],
  options: [
    new Option('--live', 'what the organization has, not what the file says'),
    new Option('--external', 'what belongs to the accounting system, not what Ledgerform manages'),
    new Option('--as <program>', 'whose columns').choices(chartLayouts).default('plain'),
    new Option('--out <file>', 'write it into a file').argParser(pathText),
    new Option('--force', 'replace a file of --out that says something else'),
    new Option('--encoding <name>', 'how it is written (default: utf-8, for DATEV windows-1252)').choices(
      exportEncodings,
    ),
  ],
  run: async ({ command, shell }) =>
    (await import('./export-csv.ts')).exportCsv(
      command.args[0] ?? usual,
      command.optsWithGlobals<ExportCsvOptions>(),
      shell,
    ),
};

/** Writes what there is for other programs. */
export const exportCommand: CommandSpec = {
  name: 'export',
  description: 'write accounts and tax rates for other programs',
  subcommands: [csvCommand],
};
