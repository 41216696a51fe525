import { type CommandWord, type OptionWord, plainText, type Values } from './vocabulary.ts';

/** The completion script for zsh. */
export const zshScript = (root: CommandWord): string => `#compdef ledgerform
# zsh completion for ledgerform
# Load it with: source <(ledgerform completion zsh)
${functionOf(root)}
compdef _ledgerform ledgerform
`;

function functionOf(command: CommandWord): string {
  const inner = command.subcommands.map(functionOf).join('\n');
  const options = command.options.map((option) => `    ${optionSpec(option)} \\`).join('\n');
  const body =
    command.subcommands.length === 0
      ? `  _arguments -s \\\n${options}\n${command.places.map(placeSpec).join('')}    && return 0`
      : withSubcommands(command, options);
  return `${inner === '' ? '' : `${inner}\n`}${functionName(command)}() {\n${body}\n}`;
}

function withSubcommands(command: CommandWord, options: string): string {
  const described = command.subcommands.map(
    ({ description, path }) => `'${path.at(-1)}:${plainText(description)}'`,
  );
  const cases = command.subcommands.map((each) => `        ${each.path.at(-1)}) ${functionName(each)} ;;`);
  return `  local state line context
  typeset -A opt_args
  local -a commands
  commands=(${described.join(' ')})
  _arguments -C -s \\
${options}
    '1:command:->command' \\
    '*::argument:->argument' && return 0
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
${cases.join('\n')}
      esac ;;
  esac`;
}

const functionName = ({ path }: CommandWord): string => ['_ledgerform', ...path].join('_');

function optionSpec({ description, flags, values }: OptionWord): string {
  const text = `[${plainText(description)}]`;
  const value = values === null ? '' : `:value:${action(values)}`;
  const [first = '', second] = flags;
  return second === undefined ? `'*${first}${text}${value}'` : `'*'{${first},${second}}'${text}${value}'`;
}

const placeSpec = (values: Values, at: number): string => `    '${at + 1}::value:${action(values)}' \\\n`;

const action = (values: Values): string => (values.length === 0 ? '_files' : `(${values.join(' ')})`);
