import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A command that the README of an example tells to run. */
export interface ExampleCommand {
  /** As it stands there: `ledgerform plan -c leeds`. */
  readonly line: string;
  /** What follows `ledgerform`. */
  readonly args: readonly string[];
  /** The exit code that the comment behind it names; 0 without one. */
  readonly exitCode: number;
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
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.trim() !== '');
  return { name: basename(folder), folder, commands: lines.map((line) => commandOf(line, folder)) };
}

function commandOf(text: string, folder: string): ExampleCommand {
  const [, line = '', comment = ''] = /^(.*?)(?:\s+#\s*(.*))?$/.exec(text) ?? [];
  const [program, ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
  if (program !== 'ledgerform') throw new Error(`${folder}/README.md runs something else: ${text}`);
  const [, code = '0'] = /^exit (\d+)/.exec(comment) ?? [];
  return { line, args: words.map((word) => word.replaceAll('"', '')), exitCode: Number(code) };
}
