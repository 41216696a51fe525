import { readFile } from 'node:fs/promises';
import type { ExitCode } from './exit-code.ts';
import { isSchemaName, schemaFiles } from './schema-files.ts';
import type { Shell } from './shell.ts';

/** Prints a JSON Schema, as it is. */
export async function schema(name: string, { edge }: Shell): Promise<ExitCode> {
  const file = isSchemaName(name) ? schemaFiles[name] : schemaFiles.config;
  edge.stdout.write(await readFile(new URL(`schemas/${file}`, edge.home), 'utf8'));
  return 0;
}
