import type { CommandSpec } from './command-spec.ts';
import { type Format, resultFormats } from './common-options.ts';

/** The forms of output that a command has, the usual one first. */
export const formsOf = ({ formats, result }: CommandSpec): readonly Format[] =>
  formats ?? (result ? resultFormats : ['human', 'json']);
