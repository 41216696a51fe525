import { foldCase } from './fold-case.ts';

/** A text of a rule, prepared: it matches whole texts, upper and lower case alike, with `*` for any text. */
export type Glob =
  | { readonly type: 'exact'; readonly text: string }
  | {
      readonly type: 'wild';
      /** What comes before the first `*`; empty where the text begins with one. */
      readonly prefix: string;
      readonly middle: readonly string[];
      readonly suffix: string;
    };

/** Text as rules compare it: trimmed, NFC, `\n`, without case; null is empty text. */
export function comparableText(text: string | null): string {
  if (text === null) return '';
  return foldCase(text.replace(/\r\n?/g, '\n').trim());
}

/** Prepares a text of a rule. */
export function compileGlob(text: string): Glob {
  const [prefix = '', ...rest] = comparableText(text).split('*');
  const suffix = rest.pop();
  if (suffix === undefined) return { type: 'exact', text: prefix };
  return { type: 'wild', prefix, middle: rest.filter((part) => part !== ''), suffix };
}

/**
 * Whether a text in comparable form matches. Every part between two `*` is taken where it comes first, which leaves most
 * for the others, so nothing is ever tried twice.
 */
export function globMatches(glob: Glob, text: string): boolean {
  if (glob.type === 'exact') return text === glob.text;
  const { prefix, middle, suffix } = glob;
  if (text.length < prefix.length + suffix.length || !text.startsWith(prefix) || !text.endsWith(suffix))
    return false;
  let from = prefix.length;
  const end = text.length - suffix.length;
  for (const part of middle) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
