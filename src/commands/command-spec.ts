import type { Argument, Command as CommanderCommand, Option } from 'commander';
import type { Command } from '../model/result.ts';
import type { Format } from './common-options.ts';
import type { ExitCode } from './exit-code.ts';
import type { Shell } from './shell.ts';

/** What a command gets when it runs. */
export interface Invocation {
  readonly command: CommanderCommand;
  readonly program: CommanderCommand;
  readonly shell: Shell;
}

/** One command: its words for help and completion, and what it does. */
export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  /** The forms of output it has, the usual one first. */
  readonly formats?: readonly Format[];
  /** For a command that comes to a result, which has all the forms that are made from results. */
  readonly result?: Command;
  readonly subcommands?: readonly CommandSpec[];
  /** It runs where the command above is given without one of its subcommands. */
  readonly isDefault?: true;
  readonly run?: (invocation: Invocation) => Promise<ExitCode> | ExitCode;
}
