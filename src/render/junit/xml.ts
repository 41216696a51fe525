import { escaped, printable, printableLines } from '../printable.ts';

/** An element: attributes in order, and within it other elements or a text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly inside: readonly Element[] | string;
}

/** An XML 1.0 document, well-formed whatever its texts are: what the language forbids is shown as `\uXXXX`. */
export const xml = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${draw(root, '')}`;

function draw({ attributes, inside, name }: Element, indent: string): string {
  const given = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${reference(printable(`${value}`))}"`,
  );
  const open = `${indent}<${name}${given.join('')}`;
  if (inside.length === 0) return `${open}/>\n`;
  if (typeof inside === 'string') return `${open}>${textOf(inside)}</${name}>\n`;
  return `${open}>\n${inside.map((each) => draw(each, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

const textOf = (text: string): string => printableLines(text).map(reference).join('\n');

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 has no place for, and what means something in it. Controls and half characters are gone before. */
const reference = (text: string): string =>
  text.replace(/[\ufffe\uffff]/g, escaped).replace(/[&<>"]/g, (sign) => names[sign] ?? sign);
