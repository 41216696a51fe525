import type { Position } from './recording.ts';

/** The width and height of a sign's place, in units of the picture. */
export const [across, down] = [8.4, 20];

/** The height of letters; the usual ones are six tenths as wide. */
export const letter = 14;

/** What is around the terminal: a margin, and a bar above it. */
export const [edge, bar] = [16, 36];

/** Tenths are fine enough, and arithmetic leaves more. */
export const round = (units: number): number => Math.round(units * 10) / 10;

/** Where a position is on the sheet. */
export const place = ({ column, row }: Position): readonly [x: number, y: number] => [
  round(column * across),
  row * down,
];

/** How far the sheet has gone up while the cursor is there. */
export const scrolled = ({ row }: Position, rows: number): number => Math.max(0, row - rows + 1) * down;
