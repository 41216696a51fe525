import { InvalidArgumentError, Option } from 'commander';
import { seconds } from '../option-values.ts';

/** Waits so long at most where no other time is given. */
const usualSeconds = '900';

/** `--wait [seconds]`: what is waited for, and that it ends. */
export const waitOption = (what: string): Option =>
  new Option('--wait [seconds]', `${what}; at most so many seconds (${usualSeconds} where none are given)`)
    .preset(usualSeconds)
    .argParser(waitSeconds);

function waitSeconds(text: string): number {
  try {
    return seconds(0, 86_400)(text);
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause;
    throw new InvalidArgumentError(`${cause.message} An id stands before --wait.`);
  }
}
