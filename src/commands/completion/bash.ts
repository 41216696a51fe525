import { type CommandWord, everyCommand, type Values } from './vocabulary.ts';

/** The completion script for bash. It needs nothing but bash itself. */
export function bashScript(root: CommandWord): string {
  const commands = everyCommand(root);
  return `# bash completion for ledgerform
# Load it with: source <(ledgerform completion bash)
_ledgerform() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' place=0 skip='' word at
  # bash splits --format=json at the sign.
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' && $COMP_CWORD -ge 2 ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for (( at = 1; at < COMP_CWORD; at++ )); do
    word=\${COMP_WORDS[at]}
    if [[ $word == '=' ]]; then skip=1; continue; fi
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      ${valueFlags(commands).join('|')}) skip=1 ;;
      -*) ;;
      *) case "$command/$word" in
${commands.slice(1).map(step).join('\n')}
        *) place=$((place + 1)) ;;
      esac ;;
    esac
  done
  case "$command:$prev" in
${commands.flatMap(optionValues).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${commands.map((each) => `      ${name(each)}) COMPREPLY=($(compgen -W '${flagsOf(each).join(' ')}' -- "$cur")) ;;`).join('\n')}
    esac
    return
  fi
  case "$command:$place" in
${commands.flatMap(placeValues).join('\n')}
  esac
}
complete -o filenames -F _ledgerform ledgerform
`;
}

const name = ({ path }: CommandWord): string => (path.length === 0 ? "''" : `'${path.join(' ')}'`);

const flagsOf = ({ options }: CommandWord): readonly string[] => options.flatMap(({ flags }) => flags);

const valueFlags = (commands: readonly CommandWord[]): readonly string[] => [
  ...new Set(
    commands.flatMap(({ options }) => options.flatMap(({ flags, values }) => (values === null ? [] : flags))),
  ),
];

const step = ({ path }: CommandWord): string =>
  `        '${path.slice(0, -1).join(' ')}/${path.at(-1)}') command='${path.join(' ')}' ;;`;

const reply = (values: Values): string =>
  values.length === 0
    ? 'COMPREPLY=($(compgen -f -- "$cur"))'
    : `COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$cur"))`;

const optionValues = ({ options, path }: CommandWord): readonly string[] =>
  options.flatMap(({ flags, values }) =>
    values === null
      ? []
      : [`    ${flags.map((flag) => `'${path.join(' ')}:${flag}'`).join('|')}) ${reply(values)}; return ;;`],
  );

const placeValues = ({ path, places, subcommands }: CommandWord): readonly string[] =>
  subcommands.length > 0
    ? [`    '${path.join(' ')}:0') ${reply(subcommands.map((each) => each.path.at(-1) ?? ''))} ;;`]
    : places.map((values, at) => `    '${path.join(' ')}:${at}') ${reply(values)} ;;`);
