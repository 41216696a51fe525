/*
 * GitHub's expressions (`${{ … }}`), as far as the workflows use them: literals, contexts, `!`, `==`, `!=`, `&&`, `||`,
 * parentheses and the functions of a step's state.
 */

/** What names and functions of an expression mean. */
export interface Contexts {
  readonly values: Readonly<Record<string, unknown>>;
  readonly functions: Readonly<Record<string, () => unknown>>;
}

/** Puts values in the place of every `${{ … }}` of a text. */
export const expanded = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => textOf(evaluate(inner, contexts)));

/** The value of one expression, with or without its braces. */
export function evaluate(expression: string, contexts: Contexts): unknown {
  const bare = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(expression)?.[1] ?? expression;
  const tokens = bare.match(/'(?:[^']|'')*'|\d+|[\w-]+|==|!=|&&|\|\||[!().]|\S/g) ?? [];
  let at = 0;
  const next = (wanted: string): boolean => {
    if (tokens[at] !== wanted) return false;
    at += 1;
    return true;
  };
  const either = (): unknown => {
    let value = both();
    while (next('||')) {
      const other = both();
      value = holds(value) ? value : other;
    }
    return value;
  };
  const both = (): unknown => {
    let value = compared();
    while (next('&&')) {
      const other = compared();
      value = holds(value) ? other : value;
    }
    return value;
  };
  const compared = (): unknown => {
    const value = single();
    if (next('==')) return same(value, single());
    if (next('!=')) return !same(value, single());
    return value;
  };
  const single = (): unknown => {
    if (next('!')) return !holds(single());
    if (next('(')) {
      const value = either();
      if (!next(')')) throw new Error(`no closing parenthesis: ${bare}`);
      return value;
    }
    const token = tokens[at++] ?? '';
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (next('(')) return called(token);
    return looked(token);
  };
  const called = (name: string): unknown => {
    const known = contexts.functions[name];
    if (known === undefined || !next(')')) throw new Error(`no such function: ${name} in ${bare}`);
    return known();
  };
  const looked = (name: string): unknown => {
    if (!(name in contexts.values)) throw new Error(`no such context: ${name} in ${bare}`);
    let value = contexts.values[name];
    while (next('.')) value = member(value, tokens[at++] ?? '');
    return value;
  };
  const value = either();
  if (at !== tokens.length) throw new Error(`not understood: ${bare}`);
  return value;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name] // just looked
    : null;

/** Whether GitHub takes a value for true. */
export const holds = (value: unknown): boolean => value !== '' && Boolean(value);

const same = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string'
    ? a.toLowerCase() === b.toLowerCase()
    : (a ?? null) === (b ?? null);

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
