import type { Fix, Gap, GapSeverity, Readiness } from '../../model/readiness.ts';
import { filledText, fixTitle, groupsToTell, groupText } from '../readiness/gap-words.ts';
import { percentText, typeText } from '../readiness/readiness-text.ts';
import type { Block, Entry } from './fit.ts';
import { inert, word } from './inert.ts';

const titles: Readonly<Record<GapSeverity, string>> = {
  blocks: 'Blocks',
  warns: 'Warnings',
  covered: 'Covered, nothing to do',
};

/** Groups of a gap that are listed in a comment. */
const shownGroups = 10;

/** How far each type is, and what is missing, what blocks first. */
export function readinessBlocks({ gaps, types }: Readiness): readonly Block[] {
  const rows = types.map(
    (each): Entry => ({
      count: 1,
      text: () =>
        `| ${each.type} | ${percentText(each)} | ${each.ready ? 'ready' : '**not ready**'} | ${typeText(each)} |\n`,
    }),
  );
  const severities: readonly GapSeverity[] = ['blocks', 'warns', 'covered'];
  return [
    { open: '\n| objects | | | |\n| --- | --- | --- | --- |\n', close: '', entries: rows, noun: 'type' },
    ...severities.flatMap((severity) => {
      const some = gaps.filter((gap) => gap.severity === severity);
      const entries = some.map((gap): Entry => ({ count: 1, text: () => gapItem(gap) }));
      return some.length === 0
        ? []
        : [{ open: `\n**${titles[severity]}**\n\n`, close: '', entries, noun: 'gap' }];
    }),
  ];
}

function gapItem(gap: Gap): string {
  const { code, fixes, message, types } = gap;
  const groups = groupsToTell(gap);
  const shown = groups.slice(0, shownGroups);
  const rest = groups.length - shown.length;
  const filled = filledText(gap);
  return `- ${[
    `**${word(code)}** ${types.join(', ')}`,
    `${inert(message)}${filled === '' ? '' : ` ${filled}`}`,
    ...shown.flatMap((group) => [
      `· ${inert(groupText(group))}`,
      ...(group.hint === null ? [] : [inert(group.hint)]),
    ]),
    ...(rest > 0 ? [`· and ${rest} more`] : []),
    ...fixes.map(fixText),
  ].join('<br>')}\n`;
}

/** Lines for the file keep their indentation. */
function fixText(fix: Fix): string {
  const lines = fix.text.split('\n').map((line) => inert(line, 5000));
  return fix.type === 'yaml'
    ? `→ ${fixTitle(fix)}:<pre>${lines.join('<br>')}</pre>`
    : `→ ${fixTitle(fix)}: ${lines.join(' ')}`;
}
