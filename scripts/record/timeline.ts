import type { Position, Recording } from './recording.ts';

/** From this millisecond on, the cursor is here, and what comes after it is not there yet. */
export interface Stop {
  readonly at: number;
  readonly cursor: Position;
}

/** When what is shown, and how long all of it takes. */
export interface Timeline {
  readonly stops: readonly Stop[];
  readonly total: number;
}

/** Milliseconds before the first line, before an answer begins, and for a key. */
const [beginning, answering, key] = [600, 280, 45];

/** The time of a recording is made up, so that it is the same each time and can be followed: real commands answer faster than anybody reads. */
export function timeline({ beats, lines }: Pick<Recording, 'beats' | 'lines'>): Timeline {
  const stops: Stop[] = [];
  let now = 0;
  const stop = (row: number, column: number, until: number): void => {
    stops.push({ at: now, cursor: { row, column } });
    now += until;
  };
  const [first] = beats;
  // The last prompt is as wide as the first one.
  const end: Position = { row: lines.length - 1, column: first?.from.column ?? 0 };
  if (first !== undefined) stop(first.from.row, first.from.column, beginning);
  for (const [at, { from, pace, pause, to }] of beats.entries()) {
    for (let column = from.column + 1; column <= to; column += 1) stop(from.row, column, hesitation(column));
    now += answering;
    const next = beats[at + 1]?.from ?? end;
    for (let row = from.row + 1; row < next.row; row += 1) stop(row, 0, pace);
    stop(next.row, next.column, pause);
  }
  return { stops, total: now };
}

/** Nobody types like a clock. */
const hesitation = (column: number): number => key + ((column * 37) % 5) * 9;
