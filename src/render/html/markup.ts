import { printable, printableLines } from '../printable.ts';

/*
 * A page is put together by one template, and whatever is put into it is text: it shows, and means nothing to HTML, neither between
 * elements nor inside an attribute, which always stands in double quotes. Only what the same template has made goes in as it is.
 * So nobody who writes a part of the page has to think of escaping, and there is one function that must be right: `inert`.
 */

/** A piece of HTML that is ours. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a template: pieces of ours as they are, and everything else as text. */
export type Piece = Markup | readonly Markup[] | string | number;

/** A piece of HTML around texts and other pieces. */
export function markup(ours: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let html = ours[0] ?? '';
  pieces.forEach((piece, at) => {
    html += htmlOf(piece) + (ours[at + 1] ?? '');
  });
  return { html };
}

/** Nothing. */
export const nothing: Markup = { html: '' };

/** The lines of a text, each harmless, one below the other. */
export const lines = (text: string): Markup => ({ html: printableLines(text).map(inert).join('<br>') });

/** Pieces with one of ours between them. */
export const joined = (pieces: readonly Markup[], between: Markup): Markup => ({
  html: pieces.map(({ html }) => html).join(between.html),
});

/** The same with each heading one level deeper. No text has a `<`, so what looks like a heading is one of ours. */
export const deeper = ({ html }: Markup): Markup => ({
  html: html.replace(/<(\/?)h([2-5])>/g, (_, end: string, level: string) => `<${end}h${Number(level) + 1}>`),
});

const htmlOf = (piece: Piece): string => {
  if (typeof piece === 'string') return inert(piece);
  if (typeof piece === 'number') return inert(String(piece));
  return 'html' in piece ? piece.html : piece.map(({ html }) => html).join('');
};

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that means nothing to HTML, to a reader's eye or to a runner that has the page in its log. */
const inert = (text: string): string => printable(text).replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
