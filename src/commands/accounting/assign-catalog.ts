import { InvalidArgumentError, Option } from 'commander';
import type { CommandSpec } from '../command-spec.ts';
import { type AssignOptions, type AssignType, assignTypes } from './assign-options.ts';

/** Goes through what has no account. */
export const assignCommand: CommandSpec = {
  name: 'assign',
  description: 'go through what lacks a ledger account, and write the answers into the file',
  options: [
    new Option('--suggest', 'print the questions and what is suggested, and ask nothing'),
    new Option('--type <name>', `only these: ${assignTypes.join(', ')} (repeatable)`).argParser(typeNamed),
    new Option(
      '--min-score <n>',
      'leave out suggestions with a lower score, from 0 to 1 (default: 0.2)',
    ).argParser(score),
    new Option('--show-all', 'lists in full, with --suggest'),
  ],
  run: async ({ command, shell }) =>
    (await import('./assign.ts')).assign(command.optsWithGlobals<AssignOptions>(), shell),
};

function typeNamed(text: string, before: readonly AssignType[] = []): readonly AssignType[] {
  const found = assignTypes.find((each) => each === text);
  if (found) return [...before, found];
  throw new InvalidArgumentError(`It must be one of ${assignTypes.join(', ')}.`);
}

function score(text: string): number {
  const number = /^\d(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}
