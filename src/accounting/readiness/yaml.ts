/** Lines for the configuration that say so much at a path of keys. */
export function yamlAt(path: readonly string[], lines: readonly string[]): string {
  const keys = path.map((key, depth) => `${'  '.repeat(depth)}${key}:`);
  const indent = '  '.repeat(path.length);
  return [...keys, ...lines.map((line) => `${indent}${line}`)].join('\n');
}

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A text as a quoted scalar of one line: JSON is YAML, and what cannot be seen, or is an order to a runner, is written as
 * `\uXXXX`. `${` would be a variable of the file.
 */
export const quoted = (text: string): string =>
  JSON.stringify(text.trim())
    .replaceAll('${', '$$${')
    .replace(invisible, escaped)
    .replace(/##(\w*)\[/g, '##$1\\u005b');

/**
 * A text for a rule that shall match it. A file holds no signs that cannot be seen, so `*` stands where they are; null where
 * nothing else is left, for that would match everything.
 */
export function pattern(text: string): string | null {
  const seen = text.trim().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '*');
  return /[^*\s]/u.test(seen) ? quoted(seen) : null;
}

const escaped = (signs: string): string =>
  Array.from(
    { length: signs.length },
    (_, at) => `\\u${signs.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
