import { shellWord } from '../../accounting/command-for.ts';
import { type Problem, Stop } from '../../model/problem.ts';
import type { CommandSpec, Invocation } from '../command-spec.ts';
import type { CommonOptions } from '../common-options.ts';
import { saidIn } from '../room.ts';
import type { Shell } from '../shell.ts';

/** Commands in sentences that are about one configuration and do not name it yet. */
const commands =
  /\bledgerform (?:(?:connection|records) (?:status|connect|sync|disconnect|list|show|retry)|documents (?:payables|receivables) list|documents diff|readiness|apply)\b(?![^\n]* -c )/g;

/** Text whose commands are about the configuration that was named. */
const aim = (text: string, named: string): string =>
  text.replace(commands, (command) => `${command} -c ${shellWord(named)}`);

const aimProblem =
  (named: string) =>
  (problem: Problem): Problem =>
    problem.hint === null ? problem : { ...problem, hint: aim(problem.hint, named) };

/** The command, with what it tells to run about the configuration that was named, and not about the usual one. */
export function aimed(spec: CommandSpec): CommandSpec {
  const { run } = spec;
  if (!run) return spec;
  return {
    ...spec,
    run: async (invocation) => {
      const named = invocation.command.optsWithGlobals<CommonOptions>().config?.[0];
      if (named === undefined) return run(invocation);
      try {
        return await run(aimedAt(named, invocation));
      } catch (thrown) {
        throw thrown instanceof Stop
          ? new Stop(thrown.exitCode, thrown.problems.map(aimProblem(named)))
          : thrown;
      }
    },
  };
}

function aimedAt(named: string, invocation: Invocation): Invocation {
  const { shell } = invocation;
  const problems = aimProblem(named);
  const told: Shell = {
    ...shell,
    say: (said) => shell.say((room) => aim(saidIn(said, room), named)),
    show: (said) => shell.show((room) => aim(saidIn(said, room), named)),
    warn: (given) => shell.warn(given.map(problems)),
    aim: problems,
  };
  return { ...invocation, shell: told };
}
