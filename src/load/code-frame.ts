const width = 100;
const unprintable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\ufeff]/gu;

/** No problem stands further down: reading gives up before. */
const maxLines = 1_000_000;

/** The lines of a text as code frames count them: split once for many frames. */
export const linesOf = (text: string): readonly string[] =>
  text.replace(/^\ufeff/, '').split(/\r?\n/, maxLines);

/** The line of a problem between its neighbours, with a mark under the column; nothing in it can control a terminal. */
export function codeFrame(text: string | readonly string[], line: number, column: number): string {
  const lines = typeof text === 'string' ? linesOf(text) : text;
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 1);
  const digits = String(last).length;
  const from = Math.max(0, column - width + 20);
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const shown = (lines[number - 1] ?? '')
      .slice(from, from + width)
      .replaceAll('\t', ' ')
      .replace(unprintable, '�');
    frame.push(`${number === line ? '>' : ' '} ${String(number).padStart(digits)} | ${shown}`.trimEnd());
    if (number === line)
      frame.push(`  ${' '.repeat(digits)} | ${' '.repeat(Math.max(0, column - 1 - from))}^`);
  }
  return frame.join('\n');
}
