import type { Skippable } from '../import/needs.ts';
import type { CommonOptions } from './common-options.ts';

/** The options of `ledgerform import`. */
export interface ImportOptions extends CommonOptions {
  readonly organization?: string;
  readonly name?: string;
  readonly out?: string;
  readonly into?: string;
  readonly force?: true;
  readonly rules?: true;
  readonly allExternal?: true;
  readonly skip?: readonly Skippable[];
}
