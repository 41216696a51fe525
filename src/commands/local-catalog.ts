import { Option } from 'commander';
import type { CommandSpec } from './command-spec.ts';
import type { LocalResetOptions } from './local-reset.ts';
import type { LocalStartOptions } from './local-start.ts';
import { pathText, repeated, wholeNumber } from './option-values.ts';

const fileOption = () =>
  new Option('--file <file>', 'where the data is kept (default: .ledgerform/local.json)').argParser(pathText);
const seedOption = (text: string) => new Option('--seed <file>', text).argParser(pathText);

const startCommand: CommandSpec = {
  name: 'start',
  description: 'run the local environment as a server on 127.0.0.1, until Ctrl-C',
  options: [
    new Option('--port <n>', 'port; 0: any free one').default(4010).argParser(wholeNumber(0, 65_535)),
    seedOption('data for organizations that have none yet'),
    fileOption(),
    new Option('--in-memory', 'keep no file').conflicts('file'),
    new Option('--latency <ms>', 'milliseconds before each answer')
      .default(0)
      .argParser(wholeNumber(0, 60_000)),
    new Option(
      '--fault <fault>',
      'something that goes wrong: [METHOD] [PATH] KIND [word=value...] (repeatable)',
    ).argParser(repeated),
    new Option(
      '--switch <name=value>',
      'a behaviour that the API’s contract leaves open (repeatable)',
    ).argParser(repeated),
  ],
  run: async ({ command, shell }) =>
    (await import('./local-start.ts')).localStart(command.optsWithGlobals<LocalStartOptions>(), shell),
};

const resetCommand: CommandSpec = {
  name: 'reset',
  description: 'empty the local environment, or fill it anew',
  options: [fileOption(), seedOption('data to start over with')],
  run: async ({ command, shell }) =>
    (await import('./local-reset.ts')).localReset(command.optsWithGlobals<LocalResetOptions>(), shell),
};

/** `ledgerform local`: the emulator as a server, and its data. */
export const localCommand: CommandSpec = {
  name: 'local',
  description: 'the local environment: a server for tests and demos',
  subcommands: [startCommand, resetCommand],
};
