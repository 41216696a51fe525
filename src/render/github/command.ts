import type { Problem } from '../../model/problem.ts';
import { printable, printableLines } from '../printable.ts';

/** A place in a file of the repository; without a file it is said of the whole run. */
export type Place = Pick<Problem, 'file' | 'line' | 'column'>;

/** What a runner of GitHub Actions puts on the line of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly lines: readonly string[];
  readonly place: Place;
}

/** An annotation as the command that the runner obeys: one line, in which every text is no more than a text. */
export function command({ level, lines, place, title }: Annotation): string {
  const properties = [
    ['file', place.file],
    ['line', place.line],
    ['col', place.column],
    ['title', title],
  ]
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${property(String(value))}`);
  const message = lines.flatMap(printableLines).join('\n');
  return `::${level} ${properties.join(',')}::${data(message)}\n`;
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string =>
  data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
