import { structuredPatch } from 'diff';
import type { Paint } from './paint.ts';
import { printable, printableLines } from './printable.ts';

/** Whether two texts are better shown line by line than side by side. */
export const isLong = (before: string, after: string): boolean =>
  before.includes('\n') || after.includes('\n') || before.length + after.length > 120;

/** What differs between two texts, line by line with one line around it. Two texts that cannot be compared in 200 ms are shown whole. */
export function textDiff(before: string, after: string, paint: Paint): readonly string[] {
  const patch = structuredPatch('', '', lineEnded(before), lineEnded(after), '', '', {
    context: 1,
    timeout: 200,
  });
  if (patch === undefined)
    return [
      ...printableLines(before).map((line) => paint.red(`- ${line}`)),
      ...printableLines(after).map((line) => paint.green(`+ ${line}`)),
    ];
  return patch.hunks.flatMap((hunk, at) => [
    ...(at === 0 ? [] : [paint.dim('…')]),
    ...hunk.lines.map((line) => coloured(line, paint)),
  ]);
}

const lineEnded = (text: string): string => `${text.replaceAll('\r\n', '\n').replace(/\n$/, '')}\n`;

function coloured(line: string, paint: Paint): string {
  const text = printable(line.slice(1));
  if (line.startsWith('+')) return paint.green(`+ ${text}`);
  if (line.startsWith('-')) return paint.red(`- ${text}`);
  return paint.dim(`| ${text}`);
}
