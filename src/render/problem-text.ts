import type { Problem } from '../model/problem.ts';
import type { Paint } from './paint.ts';
import { printable, printableLines } from './printable.ts';
import { width } from './width.ts';

/** The lines of a file that problems point into, by the path they give; undefined where it is not at hand. */
export type LinesOf = (file: string) => readonly string[] | undefined;
/** Draws the lines around a position. */
export type CodeFrame = (lines: readonly string[], line: number, column: number) => string;

/** One problem: what is wrong, where with the lines around it, and what to do. */
export function problemText(problem: Problem, paint: Paint, linesOf: LinesOf, frame: CodeFrame): string {
  const word = problem.severity === 'error' ? paint.red('error') : paint.yellow('warning');
  const [first = '', ...rest] = printableLines(problem.message);
  const lines = [`${word} ${paint.bold(problem.code)}${place(problem, paint)}`, `  ${first}`];
  for (const line of rest) lines.push(`  ${paint.dim('│')} ${line}`);
  lines.push(...frameLines(problem, linesOf, frame));
  if (problem.hint !== null) {
    const [hint = '', ...more] = printableLines(problem.hint);
    lines.push(`  ${paint.cyan('→')} ${hint}`, ...more.map((line) => `    ${line}`));
  }
  return `${lines.join('\n')}\n`;
}

/** All problems, each once, and how many there are. */
export function problemsText(
  problems: readonly Problem[],
  paint: Paint,
  linesOf: LinesOf,
  frame: CodeFrame,
): string {
  const summary = problems.length < 2 ? '' : `\n${problemCounts(problems)}\n`;
  return problems.map((each) => problemText(each, paint, linesOf, frame)).join('\n') + summary;
}

/** `2 errors, 1 warning`; empty where there are none. */
export function problemCounts(problems: readonly Problem[]): string {
  const count = (severity: Problem['severity']) =>
    problems.filter((each) => each.severity === severity).length;
  const parts = [counted(count('error'), 'error'), counted(count('warning'), 'warning')];
  return parts.filter((part) => part !== '').join(', ');
}

const counted = (count: number, noun: string): string =>
  count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;

function place({ file, line, column, address }: Problem, paint: Paint): string {
  const at = file === null ? '' : [file, line, column].filter((part) => part !== null).join(':');
  return [at, address ?? '']
    .filter((part) => part !== '')
    .map((part) => ` ${paint.dim(printable(part))}`)
    .join('');
}

function frameLines({ file, line, column }: Problem, linesOf: LinesOf, frame: CodeFrame): readonly string[] {
  if (file === null || line === null) return [];
  const lines = linesOf(file);
  if (lines === undefined) return [];
  const drawn = frame(lines, line, column ?? 1)
    .split('\n')
    .filter((each) => each !== '');
  return drawn.map(
    (each, at) => `  ${printable(/^ +\| *\^$/.test(each) ? below(each, drawn[at - 1] ?? '') : each)}`,
  );
}

/** A frame counts signs; its mark stands below the sign that it means, also where others before it are wider. */
function below(mark: string, line: string): string {
  const lead = mark.slice(0, mark.indexOf('|') + 1);
  const columns = width(line.slice(0, mark.length - 1));
  return `${lead}${' '.repeat(Math.max(0, columns - lead.length))}^`;
}
