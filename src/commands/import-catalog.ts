import { InvalidArgumentError, Option } from 'commander';
import { type Skippable, skippable } from '../import/needs.ts';
import type { CommandSpec } from './command-spec.ts';
import { importCsvCommand } from './import-csv-catalog.ts';
import type { ImportOptions } from './import-options.ts';
import { pathText } from './option-values.ts';

/** Where a configuration is written: `-` is stdout. */
const outText = (text: string): string => (text === '-' ? text : pathText(text));

/** One more part of those that there are. */
function partOf(text: string, before: readonly Skippable[] = []): readonly Skippable[] {
  const part = skippable.find((each) => each === text);
  if (part !== undefined) return [...before, part];
  throw new InvalidArgumentError(`It must be one of ${skippable.join(', ')}.`);
}

/** Writes configurations from what there is already. */
export const importCommand: CommandSpec = {
  name: 'import',
  description: 'write a configuration from what is live; the next plan is empty',
  options: [
    new Option(
      '--organization <id>',
      'id of the organization in Tesouro (default: that of the configuration, where there is one)',
    ).argParser(pathText),
    new Option('--name <text>', 'what you call it, for outputs').argParser(pathText),
    new Option(
      '--out <file>',
      'where to write it, - for stdout (default: what -c names, else ledgerform.yaml)',
    ).argParser(outText),
    new Option(
      '--into <file>',
      'add to this configuration what it does not say yet, and keep the rest',
    ).conflicts(['out', 'force', 'name']),
    new Option('--rules', 'rules in place of entries where many products or lines share one account'),
    new Option('--all-external', 'also look-ups for what nothing refers to'),
    new Option('--skip <part>', 'pass over this part (repeatable)').choices(skippable).argParser(partOf),
    new Option('--force', 'replace a file that says something else'),
  ],
  subcommands: [importCsvCommand],
  run: async ({ command, shell }) =>
    (await import('./import.ts')).importLive(command.optsWithGlobals<ImportOptions>(), shell),
};
