import type { Paint } from '../paint.ts';
import { padEnd, shorten, width } from '../width.ts';

/** Something to choose, on one line; all its texts are printable. */
export interface PickLine {
  readonly label: string;
  /** Beside the label. */
  readonly note: string;
  /** Below the list while it is the one that would be taken. */
  readonly detail: string;
}

/** A question in a terminal. */
export interface PickView {
  /** The first of the lines above: where one is. */
  readonly place: string;
  /** What is asked; then what there is to know of it. Printable; what is longer than the terminal is wide is shortened. */
  readonly title: string;
  readonly about: string;
  /** Before what is typed. */
  readonly prompt: string;
  readonly typed: string;
  readonly lines: readonly PickLine[];
  /** What can be done besides: always in sight. */
  readonly others: readonly PickLine[];
  /** Among lines and others together; -1 where nothing would be taken. */
  readonly active: number;
  readonly help: string;
  readonly paint: Paint;
}

/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** How many of the lines can be seen at once: what the rest of the question leaves, but three at least. */
export function pageSize({ others }: Pick<PickView, 'others'>, { rows }: Size): number {
  // Three lines above, the line that is typed in, how many more there are, the details, the help, and a row where the cursor may go.
  const besides = 3 + 1 + 1 + others.length + detailRows + 1 + 1;
  return Math.max(3, rows - besides);
}

const detailRows = 2;

/** The question as it is drawn: what ends with the line that is typed in, and what stands below. */
export function pickText(view: PickView, size: Size): { readonly above: string; readonly below: string } {
  const { about, active, help, lines, others, paint, place, prompt, title, typed } = view;
  // The last column stays free: some terminals begin a new line when it is drawn in.
  const columns = Math.max(20, size.columns - 1);
  const page = pageSize(view, size);
  const from = firstShown(active < lines.length ? active : 0, lines.length, page);
  const shown = lines.slice(from, from + page);
  const longest = (of: 'label' | 'note', most: number): number =>
    Math.min(most, Math.max(0, ...shown.map((line) => width(line[of]))));
  // Notes that are short leave their room to the labels, but a reason is worth more than the end of a name.
  const room = columns - 4 - longest('note', Math.floor(columns * 0.5));
  const labels = longest('label', Math.max(Math.floor(columns * 0.45), room));
  const draw = (line: PickLine, at: number): string => drawn(line, at === active, labels, columns, paint);
  const rest = lines.length - shown.length;
  const more =
    rest === 0 ? (lines.length === 0 ? '  nothing matches' : '') : `  … and ${rest} more: type, or move on`;
  const detail = [...lines, ...others][active]?.detail ?? '';
  return {
    // Shortened before they are painted: a colour that is cut off would never end.
    above: [
      paint.dim(shorten(place, columns)),
      paint.bold(shorten(title, columns)),
      shorten(about, columns),
      `${prompt}${typed}`,
    ].join('\n'),
    below: [
      ...shown.map((line, at) => draw(line, from + at)),
      paint.dim(shorten(more, columns)),
      ...others.map((line, at) => draw(line, lines.length + at)),
      ...wrapped(detail, columns - 2, detailRows).map((line) => paint.dim(`  ${line}`)),
      paint.dim(shorten(help, columns)),
    ].join('\n'),
  };
}

/** The first line of the page, so that the active one is in its middle where it can be. */
function firstShown(active: number, count: number, page: number): number {
  return Math.max(0, Math.min(active - Math.floor(page / 2), count - page));
}

function drawn(line: PickLine, isActive: boolean, labels: number, columns: number, paint: Paint): string {
  if (line.note === '') {
    const whole = shorten(line.label, columns - 2);
    return isActive ? paint.cyan(`> ${whole}`) : `  ${whole}`;
  }
  const label = padEnd(shorten(line.label, labels), labels);
  const note = shorten(line.note, Math.max(0, columns - labels - 4));
  const text = `${label}  ${note}`.trimEnd();
  if (isActive) return paint.cyan(`> ${text}`);
  return `  ${label}  ${paint.dim(note)}`;
}

/** The words of a text in lines, always so many of them, the last one shortened: what stands below does not jump. */
function wrapped(text: string, columns: number, rows: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= columns || lines.length === rows || line === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return Array.from({ length: rows }, (_, at) => shorten(lines[at] ?? '', columns));
}
