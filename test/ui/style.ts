/** How a terminal draws a sign. */
export interface Style {
  /** One of the terminal's sixteen colours; null is that of plain text. */
  readonly colour: number | null;
  readonly background: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** Nothing special. */
export const plain: Style = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const changes: Readonly<Record<number, Partial<Style>>> = {
  0: plain,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  39: { colour: null },
  49: { background: null },
};

/** The style after an order such as `1;32`. Colours beyond the sixteen are passed over. */
export function restyled(style: Style, order: string): Style {
  const codes = order.split(';').map(Number);
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) at += codes[at + 1] === 5 ? 2 : 4;
    else next = { ...next, ...(changes[code] ?? coloured(code)) };
  }
  return next;
}

function coloured(code: number): Partial<Style> {
  const colour = (code % 10) + (code >= 90 ? 8 : 0);
  if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) return { colour };
  return (code >= 40 && code < 48) || (code >= 100 && code < 108) ? { background: colour } : {};
}
