import type { ScalarPlace } from './place.ts';
import { quotedKeys } from './quoted-keys.gen.ts';

type Quoting = 'plain' | 'single' | 'double';

/** Where a text is to stand. */
export interface Surroundings {
  readonly inFlow: boolean;
}

/** A text on one line, in the wanted quotes where it can be written in them. */
export function scalarText(text: string, wanted: Quoting, { inFlow }: Surroundings): string {
  if (wanted === 'plain' && isPlain(text, inFlow)) return text;
  if (wanted === 'single' && isVisible(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

/** A text as the value of a key: what holds a code is between quotes always. */
export const valueText = (key: string, text: string, around: Surroundings): string =>
  scalarText(text, quotedKeys.has(key) ? 'double' : 'plain', around);

/** The quotes of a value that is there; a block scalar has none. */
export const quotingOf = ({ style }: ScalarPlace): Quoting =>
  style === 'literal' || style === 'folded' ? 'double' : style;

/** A key as it is written. */
export const keyText = (key: string): string =>
  /^[A-Za-z_][\w-]*$/.test(key) && !isWord(key) ? key : doubleQuoted(key);

/** A number in any writing that YAML 1.1 or 1.2 knows, thousands and base 60 included. */
const number = /^[-+]?(?:0[xob][0-9a-f_]*|[0-9._:,]+(?:e[-+]?[0-9_]*)?|\.(?:inf|nan))$/i;
const date = /^\d{4}-\d{1,2}-\d{1,2}/;
const words = /^(?:~|null|y|yes|n|no|on|off|true|false|=|<<)$/i;

const isWord = (text: string): boolean => words.test(text);

/** A text that is new is not written plain where it has a `*`: nobody should have to think whether that is a pattern or an alias. */
const isPlain = (text: string, inFlow: boolean): boolean => !text.includes('*') && isSafe(text, inFlow);

/** Whether readers of YAML 1.1 and 1.2 alike take a text for this very text without quotes. */
export function isSafe(text: string, inFlow: boolean): boolean {
  if (!isVisible(text) || text.trim() !== text || text === '') return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`=]/.test(text) || /: |:$| #|\t/.test(text)) return false;
  if (inFlow && /[,[\]{}]/.test(text)) return false;
  return !isWord(text) && !number.test(text) && !date.test(text);
}

/** What nobody sees, but for the joiners that words and emoji need; and what a CI runner that prints the file would obey. */
const hidden = String.raw`(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]|(?<=##\w*)\[`;

/** Only what can be seen and stands on one line. */
const isVisible = (text: string): boolean => !isHidden.test(text);

const isHidden = new RegExp(hidden, 'u');
const needsEscape = new RegExp(`["\\\\]|${hidden}`, 'gu');

function doubleQuoted(text: string): string {
  return `"${text.replace(needsEscape, escaped)}"`;
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escaped(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return short[sign] ?? (code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`);
}
