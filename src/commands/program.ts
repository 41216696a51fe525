import { Command } from 'commander';
import { errorProblem, Stop } from '../model/problem.ts';
import { catalog } from './catalog.ts';
import type { CommandSpec } from './command-spec.ts';
import { type CommonOptions, commonOptions, type Format } from './common-options.ts';
import { examplesText, exitCodesText } from './help.ts';
import type { Interrupt } from './interrupt.ts';
import type { ProcessEdge } from './process-edge.ts';
import type { Progress } from './run.ts';
import { openShell } from './shell.ts';

/** The program with all its commands. It throws where it cannot go on; it never ends the process. */
export function buildProgram(edge: ProcessEdge, interrupt: Interrupt, progress: Progress): Command {
  const program = new Command('ledgerform')
    .description('Accounting configuration as code for Tesouro FinOps.')
    .version(edge.version, '-V, --version', 'the version')
    .helpOption('-h, --help', 'help')
    .helpCommand('help [command]', 'help for a command')
    .configureHelp({ showGlobalOptions: true })
    // Errors are told by whoever catches them.
    .configureOutput({
      writeOut: (text) => edge.stdout.write(text),
      writeErr: () => {},
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText('after', examplesText('ledgerform') + exitCodesText);
  for (const option of commonOptions()) program.addOption(option);
  const start = async (spec: CommandSpec, command: Command): Promise<void> => {
    const options = command.optsWithGlobals<CommonOptions>();
    const voice = {
      format: formatOf(spec, options),
      color: options.color,
      quiet: options.quiet === true,
      verbose: options.verbose === true,
    };
    const shell = openShell(edge, voice, interrupt);
    progress.shell = shell;
    if (spec.run) progress.exitCode = await spec.run({ command, program, shell });
  };
  for (const spec of catalog) add(program, spec, [], start);
  return program;
}

type Start = (spec: CommandSpec, command: Command) => Promise<void>;

function add(parent: Command, spec: CommandSpec, above: readonly string[], start: Start): void {
  const path = [...above, spec.name];
  const command = parent.command(spec.name).description(spec.description).allowExcessArguments(false);
  for (const argument of spec.arguments ?? []) command.addArgument(argument);
  for (const option of spec.options ?? []) command.addOption(option);
  command.addHelpText('after', examplesText(path.join(' ')));
  for (const below of spec.subcommands ?? []) add(command, below, path, start);
  if (spec.run) command.action(() => start(spec, command));
}

/** The form of output that is asked for, if the command has it. */
function formatOf(spec: CommandSpec, options: CommonOptions): Format {
  const formats = spec.formats ?? ['human', 'json'];
  const asked = options.json === true ? 'json' : (options.format ?? formats[0]);
  const found = formats.find((each) => each === asked);
  const contradicts = options.json === true && options.format !== undefined && options.format !== 'json';
  if (found !== undefined && !contradicts) return found;
  const message = contradicts
    ? `--json and --format ${options.format} contradict each other.`
    : `--format ${options.format} does not exist for ${spec.name}.`;
  throw new Stop(3, [errorProblem('OPTION_INVALID', message, { hint: `It has ${formats.join(', ')}.` })]);
}
