import { fit, leastColumns } from '../render/terminal/fit.ts';
import type { ProcessEdge, TextOut } from './process-edge.ts';

/** How much of a text can be seen at once. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

/** A file or a pipe: a line there is as long as it is. */
export const boundless: Room = { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY };

/** The room of a stream: that of its terminal; boundless elsewhere, in a CI, and where the terminal does not tell or is too narrow to be fitted. */
export function roomIn(stream: TextOut, variables: ProcessEdge['variables']): Room {
  if (stream.isTTY !== true || (variables.CI ?? '') !== '') return boundless;
  const { columns = 0, rows = 0 } = stream;
  return {
    columns: columns >= leastColumns ? columns : boundless.columns,
    rows: rows > 0 ? rows : boundless.rows,
  };
}

/** Writes a text for people, broken as the room of the stream wants it. */
export function writeFitted(stream: TextOut, variables: ProcessEdge['variables'], text: string): void {
  stream.write(fit(text, roomIn(stream, variables).columns));
}

/** Something to be said: one text, or one that is made for the room there is. */
export type Said = string | ((room: Room) => string);

/** What is said in this room. */
export const saidIn = (said: Said, room: Room): string => (typeof said === 'string' ? said : said(room));
