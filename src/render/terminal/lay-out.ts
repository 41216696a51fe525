/** A column of a table. */
export interface Column {
  /** Its place in each row. */
  readonly at: number;
  /** Widths: of its title, and of its widest cell. */
  readonly title: number;
  readonly cells: number;
  /** It is never shortened, and stands below the others where a row takes several lines. */
  readonly isWhole: boolean;
  /** It has words, which can be shortened when there is little room; half an amount or half a date is worse than none. */
  readonly isText: boolean;
}

/** A column with the width it gets. */
export interface Placed {
  readonly at: number;
  readonly width: number;
  readonly isWhole: boolean;
}

/** One line of each row. */
export interface RowLine {
  readonly columns: readonly Placed[];
  readonly indent: number;
}

/** Texts are not shortened to less than this. */
const leastText = 16;
const indent = 2;

/**
 * Where the columns of a table stand: in one line as long as that has room, if need be with shorter texts; otherwise in several,
 * those that are never shortened below the others, and without those that are empty.
 */
export function layOut(columns: readonly Column[], room: number, gap: number): readonly RowLine[] {
  const least = (some: readonly Column[]): number =>
    some.reduce((sum, each) => sum + leastWidth(each) + gap, -gap);
  if (least(columns) <= room) return [{ columns: share(columns, room, gap), indent: 0 }];
  const told = columns.filter(({ cells }) => cells > 0);
  const ordered = [...told.filter(({ isWhole }) => !isWhole), ...told.filter(({ isWhole }) => isWhole)];
  const lines: Column[][] = [];
  for (const column of ordered) {
    const line = lines.at(-1);
    const free = room - (lines.length > 1 ? indent : 0);
    // What is whole stands below what is read first.
    const isApart = column.isWhole && lines.length === 1;
    if (line !== undefined && !isApart && least([...line, column]) <= free) line.push(column);
    else lines.push([column]);
  }
  return lines.map((some, at) => {
    const inset = at === 0 ? 0 : indent;
    return { columns: share(some, room - inset, gap), indent: inset };
  });
}

const natural = ({ cells, title }: Column): number => Math.max(cells, title);

const leastWidth = (column: Column): number =>
  column.isWhole || !column.isText
    ? natural(column)
    : Math.max(column.title, Math.min(column.cells, leastText));

/** The widths of one line: what is missing is taken from the widest texts. */
function share(columns: readonly Column[], room: number, gap: number): readonly Placed[] {
  const widths = columns.map(natural);
  const used = (): number => widths.reduce((sum, each) => sum + each + gap, -gap);
  for (let over = used() - room; over > 0; over -= 1) {
    const widest = columns.reduce((found, column, at) => {
      if ((widths[at] ?? 0) <= leastWidth(column)) return found;
      return found === -1 || (widths[at] ?? 0) > (widths[found] ?? 0) ? at : found;
    }, -1);
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return columns.map(({ at, isWhole }, place) => ({ at, isWhole, width: widths[place] ?? 0 }));
}
