import { printable } from '../printable.ts';

/*
 * A comment is read as Markdown, then as HTML, and then by the forge, which turns `@name`, `#12`, `:tada:`, commit ids and
 * much else into links and messages to people. Escaping the first two leaves the third. So every text that is not ours
 * stands in a code element, where no forge looks for such things, and in it every sign that could mean something to
 * Markdown or HTML is a character reference, which is never structure. A mail address is the one thing that becomes a
 * link even there, so an at sign is followed by a space of no width.
 */

/** Signs that mean something to Markdown, HTML or a table; `_` between letters and the dot of anything but `www.` do not. */
const meaning = /[&<>`*[\]\\|@#!~$^{}:]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=www)\./giu;

/** The most UTF-16 units of one text; what is longer is for the artefact. */
const longest = 600;

/** A text of others as a code element: it shows, and means nothing. */
export const inert = (text: string, most = longest): string =>
  `<code>${references(clip(printable(text), most))}</code>`;

/** Words of ours, such as a code or a kind, as they are; whatever else may have come in their place, as text of others. */
export const word = (text: string): string =>
  /^[A-Za-z]+(?:[ _][A-Za-z]+)*$/.test(text) ? text : inert(text, 100);

/** The hidden first line by which the next run finds the comment that it replaces. */
export const marker = (...parts: readonly string[]): string =>
  // Nothing but letters, digits and `%` leaves encodeURIComponent that could end a comment: `>` never does.
  `<!-- ${['ledgerform', ...parts.map((part) => encodeURIComponent(clip(printable(part), 300)))].join(':')} -->`;

const references = (text: string): string =>
  text.replace(meaning, (sign) => `&#${sign.charCodeAt(0)};${sign === '@' ? '&#8203;' : ''}`);

/** At most so many UTF-16 units of a text, never half a character; a cut one ends in `…`. */
function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = /[\ud800-\udbff]$/;
  return `${text.slice(0, most - 1).replace(half, '')}…`;
}
