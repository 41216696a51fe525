import { CommanderError } from 'commander';
import { codeFrame } from '../load/code-frame.ts';
import type { Problem } from '../model/problem.ts';
import { jsonText } from '../render/json-text.ts';
import { paint } from '../render/paint.ts';
import { printableLines } from '../render/printable.ts';
import { problemsText } from '../render/problem-text.ts';
import { catalog } from './catalog.ts';
import type { ExitCode } from './exit-code.ts';
import { type Failure, failureOf, optionProblem } from './fail.ts';
import type { Interrupt } from './interrupt.ts';
import { jsonWanted } from './json-wanted.ts';
import type { ProcessEdge } from './process-edge.ts';
import { buildProgram } from './program.ts';
import { writeFitted } from './room.ts';
import type { Shell } from './shell.ts';

/** What a run has come to while it runs. */
export interface Progress {
  shell: Shell | null;
  exitCode: ExitCode;
  failure: Failure | null;
}

/** A run that has come to nothing yet. */
export const beginning = (): Progress => ({ shell: null, exitCode: 0, failure: null });

/** Runs one command line to its exit code. Whatever goes wrong is told. */
export async function run(
  args: readonly string[],
  edge: ProcessEdge,
  interrupt: Interrupt,
  progress: Progress,
): Promise<ExitCode> {
  try {
    const program = buildProgram(edge, interrupt, progress);
    // Who types the bare name asks what there is.
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: 'user' });
    return progress.exitCode;
  } catch (thrown) {
    const exitCode = fail(thrown, args, edge, interrupt, progress);
    const { failure, shell } = progress;
    if (failure === null || shell === null) return exitCode;
    try {
      await shell.tellFailure(failure);
      return exitCode;
    } catch (unwritten) {
      // The reason for which the run ended is the one that counts.
      fail(unwritten, args, edge, interrupt, progress);
      return exitCode;
    }
  }
}

/** Tells what ended a run, on stderr or with `--json` as the one document on stdout, and answers the exit code for it. */
export function fail(
  thrown: unknown,
  args: readonly string[],
  edge: ProcessEdge,
  interrupt: Interrupt,
  progress: Progress,
): ExitCode {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
  const failure =
    thrown instanceof CommanderError
      ? { exitCode: 3 as const, problems: [misused(thrown, args)], stack: null }
      : failureOf(thrown, interrupt.stop.aborted, interrupt.wrote());
  progress.failure = failure;
  tell(failure, jsonWanted(args), edge, progress.shell);
  return failure.exitCode;
}

const misused = ({ code, message }: CommanderError, args: readonly string[]): Problem =>
  optionProblem(code === 'commander.help' ? withoutCommand(args) : message, commandIn(args));

/** The command whose help tells more: the words of `args` that name one, each below the one before. */
function commandIn(args: readonly string[]): string {
  let below = catalog;
  const path = ['ledgerform'];
  for (const word of args) {
    const found = below.find(({ name }) => name === word);
    if (!found) continue;
    path.push(word);
    below = found.subcommands ?? [];
  }
  return path.join(' ');
}

/** Why there is nothing to run: `help` for a command that is none, or a group without its command. */
function withoutCommand(args: readonly string[]): string {
  const words = args.filter((arg) => !arg.startsWith('-'));
  if (words[0] === 'help') return `there is no command ${words.slice(1).join(' ')}`;
  const group = catalog.find(({ name, subcommands }) => subcommands && words.includes(name));
  const names = group?.subcommands?.map(({ name }) => name).join(', ');
  const hint = group ? `\n(ledgerform ${group.name} --help explains its commands: ${names}.)` : '';
  return words.length === 0 ? 'no command is given' : `no command is given after ${words.join(' ')}${hint}`;
}

function tell(failure: Failure, json: boolean, edge: ProcessEdge, shell: Shell | null): void {
  const { exitCode, problems, stack } = failure;
  const unwritten = problems.some(({ code }) => code === 'OUTPUT_UNWRITABLE');
  if (json && shell?.toldJson() !== true && !unwritten)
    edge.stdout.write(jsonText({ ok: false, exit_code: exitCode, problems }));
  else {
    const linesOf = shell?.linesOf ?? (() => undefined);
    const text = problemsText(problems, shell?.notePaint ?? paint(false), linesOf, codeFrame);
    writeFitted(edge.stderr, edge.variables, text);
  }
  if (stack !== null && shell?.verbose === true) edge.stderr.write(`${printableLines(stack).join('\n')}\n`);
}
