import type { Fix, Gap, Readiness, TypeReadiness } from '../../model/readiness.ts';
import { labelText } from '../label-text.ts';
import type { Paint } from '../paint.ts';
import { printable, printableLines } from '../printable.ts';
import { counted, numberText } from '../summary-text.ts';
import { filledText, fixTitle, gapCounts, groupsToTell, groupText } from './gap-words.ts';

/** Groups of a gap that are listed; all of them where everything is to be shown. */
const shownGroups = 10;

/** The page that says whether an organization can push, what is missing, and what mends it; one summary line at the end. */
export function readinessText(readiness: Readiness, paint: Paint, showAll: boolean): string {
  const { connection, gaps, types } = readiness;
  const about =
    connection === null
      ? 'Connection: none'
      : `Connection: ${[
          connection.platform ?? 'unknown platform',
          connection.status ?? 'unknown status',
          connection.last_pull === null ? 'never pulled' : `last pull ${connection.last_pull}`,
        ]
          .map(printable)
          .join(' · ')}`;
  const table = types.map((each) => typeLine(each, paint));
  const blocks = gaps.map((gap) => gapText(gap, paint, showAll));
  return `\n${[`${about}\n`, `${table.join('\n')}\n`, ...blocks, verdictLine(readiness, paint)].join('\n')}`;
}

/** `ready`, or `not ready: 2 gaps block, 1 warning`. */
export function readinessVerdict({ gaps, ready }: Readiness): string {
  const counts = gapCounts(gaps);
  if (ready) return counts === '' ? 'ready' : `ready, ${counts}`;
  return `not ready: ${counts}`;
}

/** `10 of 12 can be pushed, 30 are there already (2 changed since), 5 are older than the connection`. */
export function typeText({ can_push, changed, past, percent, pushed, to_push }: TypeReadiness): string {
  const told =
    percent === null ? (to_push === 1 ? 'known by its record' : 'known by their records') : 'can be pushed';
  const known = percent === null ? numberText(to_push) : `${numberText(can_push)} of ${numberText(to_push)}`;
  const areOf = (count: number): string => `${numberText(count)} ${count === 1 ? 'is' : 'are'}`;
  const since = changed === 0 ? '' : ` (${numberText(changed)} changed since)`;
  return [
    to_push === 0 ? (percent === null ? 'none waits by the records' : 'nothing waits') : `${known} ${told}`,
    ...(pushed === 0 ? [] : [`${areOf(pushed)} there already${since}`]),
    ...(past === 0 ? [] : [`${areOf(past)} older than the connection`]),
  ].join(', ');
}

/** How much of a type can be pushed; of payments nobody can say it. */
export const percentText = ({ percent }: TypeReadiness): string => (percent === null ? '–' : `${percent}%`);

function typeLine(each: TypeReadiness, paint: Paint): string {
  const colour = each.ready ? paint.green : paint.red;
  const ready = colour((each.ready ? 'ready' : 'not ready').padEnd(9));
  return `  ${each.type.padEnd(9)} ${percentText(each).padStart(4)}  ${ready}  ${typeText(each)}`;
}

function gapText(gap: Gap, paint: Paint, showAll: boolean): string {
  const { code, fixes, message, severity, types } = gap;
  const colour = { blocks: paint.red, warns: paint.yellow, covered: paint.dim }[severity];
  const groups = showAll ? gap.groups : groupsToTell(gap);
  const shown = showAll ? groups : groups.slice(0, shownGroups);
  const more = groups.length - shown.length;
  const filled = filledText(gap);
  const lines = [
    `${colour(severity)} ${paint.bold(code)} ${paint.dim(types.join(', '))}`,
    `  ${printable(message)}${filled === '' ? '' : ` ${filled}`}`,
    ...shown.flatMap((group) => [
      `    ${groupText(group)}`,
      ...(group.hint === null ? [] : [`      ${paint.dim(printable(group.hint))}`]),
      ...(showAll
        ? group.places.map(({ id, label }) => `      ${labelText(label)} ${paint.dim(printable(id))}`)
        : []),
    ]),
    ...(more > 0 ? [`    … and ${counted(more, 'more group')} (--show-all)`] : []),
    ...fixes.flatMap((fix) => fixLines(fix, paint)),
  ];
  return `${lines.join('\n')}\n`;
}

function fixLines(fix: Fix, paint: Paint): readonly string[] {
  const lines = printableLines(fix.text);
  if (fix.type !== 'yaml') return [`  ${paint.cyan('→')} ${fixTitle(fix)}: ${lines.join(' ')}`];
  return [`  ${paint.cyan('→')} ${fixTitle(fix)}:`, ...lines.map((line) => `      ${line}`)];
}

function verdictLine(readiness: Readiness, paint: Paint): string {
  const verdict = readinessVerdict(readiness);
  const colour = readiness.ready ? paint.green : paint.red;
  return `${colour(`${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.`)}\n`;
}
