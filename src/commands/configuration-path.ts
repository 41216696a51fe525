import { join, resolve } from 'node:path';
import { statsAt } from './stats-at.ts';

/** The file that a path means, absolute: a folder, there or not, stands for the `ledgerform.yaml` in it. */
export function configurationPath(given: string, cwd: string): string {
  const path = resolve(cwd, given);
  const isFile = statsAt(path)?.isFile() ?? /\.ya?ml$/i.test(path);
  return isFile ? path : join(path, 'ledgerform.yaml');
}
