import { Option } from 'commander';
import { pathText } from './option-values.ts';

/** The options that say what was last applied. */
export const baseOptions = (): readonly Option[] => [
  new Option(
    '--base <revision>',
    'what was last applied: a Git revision, or `applied` as --record keeps it',
  ).argParser(pathText),
  new Option('--remote <name>', 'the Git remote that knows what was applied (default: origin)').argParser(
    pathText,
  ),
];
