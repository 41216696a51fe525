import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commandsIn, type PageCommand } from '../pages/commands.ts';
import { partsOf } from '../pages/parts.ts';

/** A command that the README of an example tells to run. */
export interface ExampleCommand extends PageCommand {
  /** `ledgerform`, or a program of the example's own that embeds it. */
  readonly program: 'ledgerform' | 'node';
  /** What follows it. */
  readonly args: readonly string[];
}

/** An example: a folder whose README.md says what to run in it. */
export interface Example {
  readonly name: string;
  readonly folder: string;
  readonly commands: readonly ExampleCommand[];
}

/** Every folder below a folder of examples, with its commands; one without a README is an error. */
export function examplesIn(folder: string): readonly Example[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => exampleIn(join(folder, name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function exampleIn(folder: string): Example {
  const text = readFileSync(join(folder, 'README.md'), 'utf8');
  const fences = partsOf(text).flatMap((part) => (part.type === 'fence' && part.info === 'sh' ? [part] : []));
  const commands = fences.flatMap(({ body }) => commandsIn(body));
  return { name: basename(folder), folder, commands: commands.map((each) => exampleCommand(each, folder)) };
}

function exampleCommand({ exitCode, line: text }: PageCommand, folder: string): ExampleCommand {
  const line = text.replace(/\s+#.*$/, '');
  const [program, ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
  if (program !== 'ledgerform' && program !== 'node')
    throw new Error(`${folder}/README.md runs something else: ${text}`);
  return { line, program, args: words.map((word) => word.replaceAll('"', '')), exitCode };
}
