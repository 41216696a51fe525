import { type CommandWord, everyCommand, type OptionWord, plainText } from './vocabulary.ts';

/** The completion script for fish. */
export const fishScript = (root: CommandWord): string => `# fish completion for ledgerform
# Load it with: ledgerform completion fish | source
complete -c ledgerform -f
${everyCommand(root)
  .flatMap((each) => linesOf(each))
  .join('\n')}
`;

function linesOf(command: CommandWord): readonly string[] {
  const here = `-n '${condition(command)}'`;
  const words = command.subcommands.map(
    ({ description, path }) =>
      `complete -c ledgerform ${here} -a ${path.at(-1)} -d '${plainText(description)}'`,
  );
  const places = command.places.map((values) =>
    values.length === 0
      ? `complete -c ledgerform ${here} -F`
      : `complete -c ledgerform ${here} -a '${values.join(' ')}'`,
  );
  return [
    ...words,
    ...places,
    ...command.options.map((option) => `complete -c ledgerform ${here} ${optionWords(option)}`),
  ];
}

function condition({ path, subcommands }: CommandWord): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const below = subcommands.map((each) => each.path.at(-1)).join(' ');
  const parts = below === '' ? seen : [...seen, `not __fish_seen_subcommand_from ${below}`];
  return parts.join('; and ');
}

function optionWords({ description, flags, values }: OptionWord): string {
  const names = flags
    .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
    .join(' ');
  const value = values === null ? '' : values.length === 0 ? ' -r -F' : ` -x -a '${values.join(' ')}'`;
  return `${names}${value} -d '${plainText(description)}'`;
}
