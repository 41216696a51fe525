import { relative, sep } from 'node:path';
import { commandFor } from '../accounting/command-for.ts';

/** A command about a configuration (absolute), as it is typed by somebody who is in a folder; the usual one needs no name. */
export function commandAbout(command: string, file: string, cwd: string): string {
  const way = relative(cwd, file).split(sep).join('/');
  return commandFor(command, way === 'ledgerform.yaml' ? null : way);
}
