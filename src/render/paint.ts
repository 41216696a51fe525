type Brush = (text: string) => string;

/** Colours, or the same texts plain. */
export interface Paint {
  readonly red: Brush;
  readonly green: Brush;
  readonly yellow: Brush;
  readonly cyan: Brush;
  readonly bold: Brush;
  readonly dim: Brush;
}

/** The colours of a terminal. Only finished, printable text may be painted. */
export function paint(colours: boolean): Paint {
  const sign = (open: number, close: number): Brush =>
    colours ? (text) => (text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`) : (text) => text;
  return {
    red: sign(31, 39),
    green: sign(32, 39),
    yellow: sign(33, 39),
    cyan: sign(36, 39),
    bold: sign(1, 22),
    dim: sign(2, 22),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters
const colour = /\u001b\[\d{1,2}m/g;

/** A painted text without its colours; nothing else in a printable text begins with such a sign. */
export const unpainted = (text: string): string => text.replace(colour, '');
