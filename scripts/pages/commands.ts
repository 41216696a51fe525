/** A command that a page tells to run. */
export interface PageCommand {
  /** As it stands there, with its comment, the lines that it goes on in joined. */
  readonly line: string;
  /** The exit code that the comment behind it names; 0 without one. */
  readonly exitCode: number;
}

/** A command with what it prints. */
export interface ShownCommand extends PageCommand {
  readonly output: readonly string[];
}

/** The commands of a `sh` fence: one a line, but for what ends in a backslash. */
export function commandsIn(body: string): readonly PageCommand[] {
  return joined(body)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map(commandIn);
}

/** The commands of a `console` fence: each begins with `$ `, and what stands below it is its output. */
export function shownIn(body: string): readonly ShownCommand[] {
  const [before = '', ...commands] = `\n${joined(body)}`.split(/^\$ /m);
  if (before.trim() !== '') throw new Error(`output without a command: ${before.trim()}`);
  return commands.map((text) => {
    const [line = '', ...output] = text.replace(/\n+$/, '').split('\n');
    return { ...commandIn(line), output };
  });
}

const joined = (body: string): string => body.replace(/\s*\\\n\s*/g, ' ');

function commandIn(line: string): PageCommand {
  const [, code = '0'] = /\s#\s*exit (\d+)/.exec(line) ?? [];
  return { line: line.trim(), exitCode: Number(code) };
}
