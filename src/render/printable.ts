/*
 * Names and messages come from customers, files and other services. Printed as they are, they could move the cursor,
 * colour a delete green, turn the reading direction round or give orders to a CI runner. So every text that was not
 * written by us passes through here, and what cannot be seen becomes something that can: `\u001b`, `\u202e`, `\n`.
 */

/** Controls, format characters (bidi, zero width, tags), line separators and lone surrogates, but for the two joiners that words and emoji need. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** GitHub's and Azure's `##[…]`, `##vso[…]` and TeamCity's `##teamcity[…]`, which are obeyed anywhere in a line. */
export const order = /##(\w*)\[/g;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One harmless line: nothing in it moves a cursor, reorders text, or is an order to a CI runner. */
export function printable(text: string): string {
  return text
    .replace(invisible, (sign) => short[sign] ?? escaped(sign))
    .replace(order, '##$1\\[')
    .replace(/^(\s*)::/, '$1\\::');
}

/** The lines of a text, each harmless: for texts whose line breaks are meant. */
export const printableLines = (text: string): readonly string[] => text.split(/\r\n|\r|\n/).map(printable);

/** The signs as `\uXXXX`, one for each UTF-16 unit, as JSON writes them. */
export const escaped = (signs: string): string =>
  Array.from(
    { length: signs.length },
    (_, at) => `\\u${signs.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
