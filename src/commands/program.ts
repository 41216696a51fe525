import { Command, type Option } from 'commander';
import { errorProblem, Stop } from '../model/problem.ts';
import { catalog } from './catalog.ts';
import type { CommandSpec } from './command-spec.ts';
import { type CommonOptions, commonOptions, type Format, resultFormats } from './common-options.ts';
import { optionProblem } from './fail.ts';
import { formsOf } from './forms-of.ts';
import { examplesText, exitCodesText } from './help.ts';
import type { Interrupt } from './interrupt.ts';
import { chosenBy } from './many/chosen.ts';
import type { ManyOptions } from './many/fleet.ts';
import { isMany } from './many/is-many.ts';
import { namedConfigurations } from './one-configuration.ts';
import type { ProcessEdge } from './process-edge.ts';
import { reportFiles } from './report-option.ts';
import { roomIn, writeFitted } from './room.ts';
import type { Progress } from './run.ts';
import { openShell } from './shell.ts';
import type { Subject } from './tell.ts';

/** The program with all its commands. It throws where it cannot go on; it never ends the process. */
export function buildProgram(edge: ProcessEdge, interrupt: Interrupt, progress: Progress): Command {
  const program: Command = new Command('ledgerform')
    .description('Accounting configuration as code for Tesouro FinOps.')
    .version(edge.version, '-V, --version', 'the version')
    .helpOption('-h, --help', 'help')
    .helpCommand('help [command]', 'help for a command')
    // Options of a command are not those of its subcommands.
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: (command) => (command === program ? [] : program.options.filter(isShown)),
    })
    // Errors are told by whoever catches them.
    .configureOutput({
      writeOut: (text) => writeFitted(edge.stdout, edge.variables, text),
      writeErr: () => {},
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText('after', examplesText('ledgerform', columnsIn(edge)) + exitCodesText);
  for (const option of commonOptions()) program.addOption(option);
  const start = async (spec: CommandSpec, command: Command): Promise<void> => {
    const options = command.optsWithGlobals<CommonOptions & Pick<ManyOptions, 'shard'>>();
    const reporting = { name: spec.name, formats: spec.result ? resultFormats : null };
    const voice = {
      format: formatOf(spec, options),
      reports: reportFiles(options.report ?? [], reporting, edge.cwd),
      command: spec.result ?? null,
      // Readiness is asked of one organization at a time.
      many:
        spec.result !== undefined &&
        spec.result !== 'readiness' &&
        command.args.length === 0 &&
        isMany(options, edge.cwd),
      chosen: chosenBy(options, command.args[0], edge.variables.LEDGERFORM_ENV),
      // A saved plan is named in its own place.
      subject: subjectOf(command.args[0] ?? namedConfigurations(options).join(' ')),
      color: options.color,
      pager: options.pager,
      quiet: options.quiet === true,
      verbose: options.verbose === true,
    };
    const shell = openShell(edge, voice, interrupt);
    progress.shell = shell;
    if (spec.run) progress.exitCode = await spec.run({ command, program, shell });
  };
  for (const spec of catalog) add(program, spec, [], { start, columns: columnsIn(edge) });
  return program;
}

const subjectOf = (path: string): Subject => ({ path, organization: null, environment: null, api_url: null });

const columnsIn = ({ stdout, variables }: ProcessEdge): number => roomIn(stdout, variables).columns;

interface Around {
  readonly start: (spec: CommandSpec, command: Command) => Promise<void>;
  /** Of the terminal that help is read in; endless where it is none. */
  readonly columns: number;
}

function add(parent: Command, spec: CommandSpec, above: readonly string[], around: Around): void {
  const path = [...above, spec.name];
  const command = parent
    .command(spec.name, { isDefault: spec.isDefault === true })
    .description(spec.description)
    .allowExcessArguments(false);
  for (const argument of spec.arguments ?? []) command.addArgument(argument);
  for (const option of spec.options ?? []) command.addOption(option);
  command.addHelpText('after', examplesText(path.join(' '), around.columns));
  for (const below of spec.subcommands ?? []) add(command, below, path, around);
  if (spec.run)
    command.action(() => {
      refuseOptionsAbove(command);
      return around.start(spec, command);
    });
}

const isShown = ({ hidden }: Option): boolean => !hidden;

/** Commander lets a subcommand take the options of the command above it; one that is not the subcommand’s as well is unknown to it. */
function refuseOptionsAbove(command: Command): void {
  const own = new Set(command.options.map((option) => option.attributeName()));
  for (let above = command.parent; above?.parent; above = above.parent)
    for (const option of above.options) {
      const name = option.attributeName();
      if (above.getOptionValueSource(name) !== 'cli' || own.has(name)) continue;
      throw new Stop(3, [optionProblem(`unknown option '${option.long ?? option.flags}'`)]);
    }
}

/** The form of output that is asked for, if the command has it. */
function formatOf(spec: CommandSpec, options: CommonOptions): Format {
  const formats = formsOf(spec);
  const asked = options.json === true ? 'json' : (options.format ?? formats[0]);
  const found = formats.find((each) => each === asked);
  const contradicts = options.json === true && options.format !== undefined && options.format !== 'json';
  if (found !== undefined && !contradicts) return found;
  const message = contradicts
    ? `--json and --format ${options.format} contradict each other.`
    : `--format ${options.format} does not exist for ${spec.name}.`;
  throw new Stop(3, [errorProblem('OPTION_INVALID', message, { hint: `It has ${formats.join(', ')}.` })]);
}
