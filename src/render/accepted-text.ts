import type { Problem } from '../model/problem.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { counted } from './summary-text.ts';
import { textDiff } from './text-diff.ts';

/** What was written into files, line by line, and for whom else that means something. */
export function acceptedText(
  {
    accepted,
    files,
  }: {
    readonly accepted: readonly unknown[];
    readonly files: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  },
  others: readonly string[],
  paint: Paint,
): string {
  if (files.length === 0) return '';
  const diffs = files.map(
    ({ after, before, path }) =>
      `\n${paint.bold(printable(path))}\n${textDiff(before, after, paint)
        .map((line) => `  ${line}\n`)
        .join('')}`,
  );
  const paths = files.map(({ path }) => printable(path)).join(', ');
  const too =
    others.length === 0
      ? ''
      : `Also extended by ${others.map(printable).join(', ')}: run ledgerform drift for each.\n`;
  return `${diffs.join('')}\n${paint.green('Accepted')}: ${counted(accepted.length, 'change')}, written into ${paths}.\n${too}`;
}

/** What is left for a person, and why. */
export function leftText(left: readonly Problem[], paint: Paint): string {
  if (left.length === 0) return '';
  const lines = left.map(({ address, column, file, line, message }) => {
    const at = file === null ? '' : ` (${printable(file)}:${line}:${column})`;
    return `  ${printable(address ?? '')}${at}\n    ${printable(message)}\n`;
  });
  return `\n${paint.yellow('Left for a person to decide')}: ${counted(left.length, 'change')}\n${lines.join('')}`;
}
