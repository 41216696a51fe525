import { Argument, Option } from 'commander';
import type { CommandSpec } from './command-spec.ts';
import type { FmtOptions } from './fmt.ts';
import { pathText } from './option-values.ts';

/** Brings configurations into canonical form. */
export const fmtCommand: CommandSpec = {
  name: 'fmt',
  description: 'bring configurations into canonical form: order, indentation, quotes; comments stay',
  arguments: [
    new Argument(
      '[path...]',
      'files, or folders of them; - reads stdin and prints (default: the configuration and what it extends)',
    ),
  ],
  options: [
    new Option('--check', 'write nothing, show what would change, and exit 2 when something would'),
    new Option('--stdin-path <file>', 'with -: the file whose text it is').argParser(pathText),
  ],
  run: async ({ command, shell }) =>
    (await import('./fmt.ts')).fmt(command.args, command.optsWithGlobals<FmtOptions>(), shell),
};
