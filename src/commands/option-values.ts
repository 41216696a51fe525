import { InvalidArgumentError } from 'commander';

/** Reads a whole number between two bounds; anything else is refused. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** Reads seconds, with decimals, between two bounds; anything else is refused. */
export const seconds =
  (least: number, most: number) =>
  (text: string): number => {
    const number = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a number of seconds from ${least} to ${most}.`);
  };

/** A text that is not empty and not the next option by mistake (`--out --json`). */
export function pathText(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  if (text.startsWith('-'))
    throw new InvalidArgumentError('A value is missing here; a path that begins with - is written ./-.');
  return text;
}

/** Collects an option that may be given several times. */
export const repeated = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  pathText(text),
];
