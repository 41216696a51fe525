import { CommanderError } from 'commander';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { ReadFailed } from '../providers/contract.ts';
import type { ExitCode } from './exit-code.ts';

/** Why a run ended early, as the user is told. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  /** A bug's stack, for -v. */
  readonly stack: string | null;
}

/** What any thrown value means to the user. `wrote`: a write may have been sent before. */
export function failureOf(thrown: unknown, interrupted: boolean, wrote: boolean): Failure {
  if (thrown instanceof Stop) {
    const exitCode = wrote && thrown.exitCode === 1 ? 5 : thrown.exitCode;
    return { exitCode, problems: thrown.problems, stack: null };
  }
  if (thrown instanceof CommanderError)
    return { exitCode: 3, problems: [optionProblem(thrown.message)], stack: null };
  if (interrupted && thrown instanceof ReadFailed)
    return { exitCode: 130, problems: [brokenOff(thrown.error.problem, wrote)], stack: null };
  if (thrown instanceof ReadFailed)
    return { exitCode: wrote ? 5 : 1, problems: [thrown.error.problem], stack: null };
  return { exitCode: wrote ? 5 : 1, problems: [bug(thrown)], stack: stackOf(thrown) };
}

const brokenOff = (problem: Problem, wrote: boolean): Problem => ({
  ...problem,
  message: `Interrupted: ${problem.message}`,
  hint: wrote ? 'Run it again: it does what is left.' : 'Nothing was written.',
});

/** `error: unknown option '--x'\n(Did you mean --y?)` as a problem. The value of an unknown option is not shown: it may be a secret. */
export function optionProblem(text: string, command = 'ledgerform'): Problem {
  const known = text.replace(/^(error: unknown option '[^=\n]*)=.*'/s, "$1'");
  const [first = '', ...rest] = known.replace(/^error: /, '').split('\n');
  const hint = rest.join(' ').replace(/^\((.*)\)$/, '$1');
  return errorProblem(
    'OPTION_INVALID',
    `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.?$/, '.')}`,
    {
      hint:
        hint === ''
          ? `${command} --help lists ${command === 'ledgerform' ? 'commands and options' : 'what it takes'}.`
          : hint,
    },
  );
}

const bug = (thrown: unknown): Problem =>
  errorProblem(
    'INTERNAL',
    `Ledgerform has a bug: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    {
      hint: 'Please report it, with what -v prints.',
    },
  );

const stackOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
