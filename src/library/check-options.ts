import { isAbsolute } from 'node:path';

/** What may stand in an option; why a value may not, or null. */
export type Rule = (value: unknown) => string | null;

/**
 * Throws TypeError for an option that there is not, or that cannot be. A misspelled `target` would otherwise mean everything: programs
 * in plain JavaScript have no compiler that finds it.
 */
export function checkOptions(
  call: string,
  options: unknown,
  rules: Readonly<Record<string, Rule>>,
  needed: readonly string[] = [],
): void {
  if (options === undefined && needed[0] !== undefined)
    throw new TypeError(`${call}: ${needed[0]} is missing.`);
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${call}: the options are no object.`);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name))
      throw new TypeError(
        `${call}: there is no option ${name}. There are: ${Object.keys(rules).join(', ')}.`,
      );
    const wrong = value === undefined ? null : (rules[name]?.(value) ?? null);
    if (wrong !== null) throw new TypeError(`${call}: ${name} must be ${wrong}.`);
  }
  const given = new Map<string, unknown>(Object.entries(options));
  const missing = needed.find((name) => given.get(name) === undefined);
  if (missing !== undefined) throw new TypeError(`${call}: ${missing} is missing.`);
}

const rule =
  (holds: (value: unknown) => boolean, words: string): Rule =>
  (value) =>
    holds(value) ? null : words;

/** What is looked at where it is used. */
export const anything: Rule = () => null;
export const absolute: Rule = rule(
  (value) => typeof value === 'string' && isAbsolute(value),
  'an absolute path',
);
export const text: Rule = rule((value) => typeof value === 'string', 'a text');
export const someText: Rule = rule(
  (value) => typeof value === 'string' && value.trim() !== '',
  'a text that is not empty',
);
export const truth: Rule = rule((value) => typeof value === 'boolean', 'true or false');
export const call: Rule = rule((value) => typeof value === 'function', 'a function');
export const object: Rule = rule((value) => typeof value === 'object' && value !== null, 'an object');
export const textByName: Rule = rule(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === 'string'),
  'an object of texts',
);
export const signal: Rule = rule((value) => value instanceof AbortSignal, 'an AbortSignal');
export const seconds: Rule = rule(
  (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  'a number of seconds',
);
export const count: Rule = rule(
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  'a whole number',
);
export const someOf: Rule = rule(
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1,
  'a whole number of at least 1',
);
export const texts: Rule = rule(
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  'a list of texts',
);
/** For lists of which an empty one would be taken for no list at all. */
export const someTexts: Rule = rule(
  (value) => texts(value) === null && Array.isArray(value) && value.length > 0,
  'a list of at least one text',
);
export const oneOf = (...words: readonly string[]): Rule =>
  rule((value) => words.some((each) => each === value), words.join(' or '));
