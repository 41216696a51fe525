import type { Result } from '../../model/result.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { counted } from '../summary-text.ts';
import { verdictText } from '../verdict.ts';
import { factSection, headings, log, oneHeader, titles } from './facts.ts';
import { figures } from './figures.ts';
import { manyMain } from './many.ts';
import { manyFacts, manyWhere } from './many-facts.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { oneMain } from './one.ts';
import { manyFigures, manyVerdict } from './organization-table.ts';
import { page } from './page.ts';
import { changeChoices, gapChoices, tools } from './tools.ts';

/** One page that holds all of a result and needs nothing else: for whoever approves it, and for whoever asks later. */
export function html(result: Result, view: ResultView): string {
  const { command, organizations } = result;
  const [one] = organizations;
  const footer = markup`${log(view)}<p>Made by Ledgerform ${view.version}.</p>`;
  const search = searchOf(result, view);
  if (result.many || one === undefined) {
    const who = counted(organizations.filter(({ skipped }) => skipped === null).length, 'organization');
    const verdict = manyVerdict(result);
    return page({
      title: `${titles[command]}, ${who}: ${verdict}`,
      header: markup`${headings(command, who, verdict)}
${manyWhere(organizations)}${figures(manyFigures(result))}`,
      main: markup`${manyMain(result, view, search)}${manyFacts(result)}`,
      footer,
    });
  }
  return page({
    title: `${titles[command]} of ${whoseText(one)}: ${verdictText(command, one)}`,
    header: oneHeader(command, one),
    main: markup`${oneMain(command, one, view, search)}${factSection(command, one)}`,
    footer,
  });
}

/** What to search the page with: in readiness its gaps, otherwise its changes. */
function searchOf({ command, organizations }: Result, { kinds }: ResultView): Markup {
  const gaps = organizations.flatMap(({ readiness }) => readiness?.gaps ?? []);
  if (gaps.length > 0) return tools('gaps', gaps.length, gapChoices(gaps));
  const changes = organizations.flatMap(({ plan }) => plan?.changes ?? []);
  const noun = command === 'drift' ? 'differences' : 'changes';
  return changes.length < 2 ? nothing : tools(noun, changes.length, changeChoices(changes, kinds));
}
