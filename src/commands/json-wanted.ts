/** Whether the arguments ask for JSON, judged before they are parsed: bad options are told in JSON too. */
export function jsonWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.some(
    (arg, at) =>
      arg === '--json' || arg === '--format=json' || (arg === '--format' && options[at + 1] === 'json'),
  );
}
