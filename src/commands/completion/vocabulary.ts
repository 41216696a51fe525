import type { Argument, Command, Option } from 'commander';
import { formats } from '../common-options.ts';

/** One option as completion needs it. */
export interface OptionWord {
  /** `-c`, `--config` */
  readonly flags: readonly string[];
  readonly description: string;
  /** Null: it takes no value. */
  readonly values: Values | null;
}

/** What can stand in a place: some words, or the name of a file when there are none. */
export type Values = readonly string[];

/** One command as completion needs it; its path is empty for the program itself. */
export interface CommandWord {
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionWord[];
  /** The words that can stand in each argument. */
  readonly places: readonly Values[];
  readonly subcommands: readonly CommandWord[];
}

/** All words of the program; what help hides stays hidden. */
export const vocabularyOf = (program: Command): CommandWord => commandWord(program, [], []);

function commandWord(
  command: Command,
  path: readonly string[],
  inherited: readonly OptionWord[],
): CommandWord {
  const own = command.options.filter(({ hidden }) => !hidden).map(optionWord);
  const help: OptionWord = { flags: ['-h', '--help'], description: 'help', values: null };
  // Only those of the program are options of every command.
  const handedDown = path.length > 0 ? inherited : own.filter(({ flags }) => !flags.includes('--version'));
  return {
    path,
    description: command.summary() || command.description(),
    options: [...own, ...inherited, help],
    places: command.registeredArguments.map(placeOf),
    subcommands: command.commands.map((each) => commandWord(each, [...path, each.name()], handedDown)),
  };
}

const optionWord = (option: Option): OptionWord => ({
  flags: [option.short, option.long].flatMap((flag) => flag ?? []),
  description: option.description,
  values: option.required ? valuesOf(option) : null,
});

/** Which forms a command has, it says itself when it runs: here are those of any. */
const valuesOf = ({ argChoices, long }: Option): Values =>
  long === '--format' ? formats : (argChoices ?? []);

const placeOf = ({ argChoices }: Argument): Values => argChoices ?? [];

/** Every command, the program first. */
export const everyCommand = (root: CommandWord): readonly CommandWord[] => [
  root,
  ...root.subcommands.flatMap(everyCommand),
];

/** A description without what a shell could take for more than text. */
export const plainText = (text: string): string =>
  text
    .replace(/[^\w .,;:()/<>=+-]/g, '')
    .replaceAll(':', ' -')
    .trim();
