import type { Command } from 'commander';
import { errorProblem, Stop } from '../model/problem.ts';

/** Refuses (exit 3) options of `drift` that mean something to a repair alone: somebody who gives them expects one. */
export function refuseRepairOnly(command: Command): void {
  const given = command.options.find(
    (option) =>
      /^--(auto-approve|settle|allow-)/.test(option.long ?? '') &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (!given) return;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', `${given.long} means nothing without --repair: nothing is applied.`, {
      hint: 'Add --repair, or leave it out.',
    }),
  ]);
}
