import { foldCase } from '../model/fold-case.ts';

/** The candidates that a person may have meant by `text`, nearest first, at most three. */
export function nearest(text: string, candidates: Iterable<string>): readonly string[] {
  const wanted = foldCase(text);
  const most = Math.max(1, Math.min(4, Math.floor(wanted.length / 3)));
  const near: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    const folded = foldCase(candidate);
    const distance = withoutSpace(folded) === withoutSpace(wanted) ? 0 : distanceUpTo(wanted, folded, most);
    if (distance <= most) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, 3).map(({ candidate }) => candidate);
}

/** Text without white space, so that `RED TAX` and `REDTAX` meet. */
export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Edits that turn one text into the other; any number above `most` only says that there are more. */
function distanceUpTo(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      line.push(Math.min(change, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    if (Math.min(...line) > most) return most + 1;
    above = line;
  }
  return above[b.length] ?? 0;
}
