import type { Problem } from '../../model/problem.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { counted } from '../summary-text.ts';
import { textDiff } from '../text-diff.ts';

/** What would be written into a file, line by line; empty where nothing would. */
export function textToWrite(
  { after, before, path }: { readonly after: string; readonly before: string; readonly path: string },
  paint: Paint,
): string {
  if (after === before) return '';
  const lines = textDiff(before, after, paint).map((line) => `  ${line}\n`);
  return `\n${paint.bold(printable(path))}\n${lines.join('')}`;
}

/** What was chosen and cannot be written, and why. */
export function notWrittenText(left: readonly Problem[], paint: Paint): string {
  if (left.length === 0) return '';
  const lines = left.map(({ message }) => `  ${printable(message)}\n`);
  return `\n${paint.yellow('Not written')}: ${counted(left.length, 'choice')}\n${lines.join('')}`;
}
