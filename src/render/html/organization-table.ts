import type { Command, OrganizationResult, Result } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import { type Standing, standingOf } from '../many/result-words.ts';
import { groupBy } from '../outcome-lines.ts';
import { whoseText } from '../result-view.ts';
import { numberText } from '../summary-text.ts';
import { verdictText } from '../verdict.ts';
import { type Badge, badge } from './change-table.ts';
import { environmentText } from './facts.ts';
import type { Figure } from './figures.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Those first that need somebody. */
const standings: readonly (readonly [Standing, Badge['tone']])[] = [
  ['failed', 'take'],
  ['refused', 'take'],
  ['not started', 'take'],
  ['drift', 'alter'],
  ['changes', 'alter'],
  ['done', 'add'],
  ['unchanged', 'plain'],
  ['fragment', 'plain'],
  ['skipped', 'plain'],
];

/** What a standing is called, where it goes by another word. */
const wordsFor = (command: Command): Partial<Record<string, string>> =>
  command === 'validate'
    ? { failed: 'not valid', unchanged: 'valid' }
    : { changes: 'with changes', drift: 'with drift' };

const standingIn = (command: Command, one: OrganizationResult): Standing =>
  standingOf(one, command === 'drift' && one.plan ? differencesOf(one.plan).drifted.length : null);

/** How many organizations stand how, those first that need somebody. */
export function manyFigures({ command, organizations }: Result): readonly Figure[] {
  const found = groupBy(organizations, (one) => standingIn(command, one));
  return standings.map(([standing, tone]) => ({
    count: found.get(standing)?.length ?? 0,
    text: wordsFor(command)[standing] ?? standing,
    tone,
  }));
}

/** `1 failed, 2 with changes` */
export const manyVerdict = (result: Result): string =>
  manyFigures(result)
    .filter(({ count }) => count > 0)
    .map(({ count, text }) => `${numberText(count)} ${text}`)
    .join(', ') || 'nothing to do';

/** A row for each organization, with a link to the part of the page that is about it. */
export function organizationTable(
  { command, organizations }: Result,
  partOf: (one: OrganizationResult) => string | null,
): Markup {
  if (organizations.length === 0) return nothing;
  const asked = organizations.filter(({ skipped }) => skipped === null);
  const order = standings.map(([standing]) => standing);
  const sorted = [...organizations].sort(
    (a, b) => order.indexOf(standingIn(command, a)) - order.indexOf(standingIn(command, b)),
  );
  return markup`<section data-holder><h2>Organizations <small>${numberText(asked.length)}</small></h2>
<table class="rows"><caption>What each organization comes to</caption>
<thead><tr><th scope="col">Organization</th><th scope="col">State</th><th scope="col">Result</th><th scope="col">Environment</th><th scope="col">Configuration</th></tr></thead><tbody>
${sorted.map((one) => row(command, one, partOf(one)))}</tbody></table></section>
`;
}

function row(command: Command, one: OrganizationResult, part: string | null): Markup {
  const { environment, path, skipped } = one;
  const standing = standingIn(command, one);
  const [, tone = 'plain'] = standings.find(([each]) => each === standing) ?? [];
  const state = badge({ text: wordsFor(command)[standing] ?? standing, tone });
  const name = part === null ? markup`${whoseText(one)}` : markup`<a href="#${part}">${whoseText(one)}</a>`;
  const why = skipped === null ? nothing : markup`<br>${skipped}`;
  return markup`<tr data-item><th scope="row"><b>${name}</b></th><td>${state}</td><td class="full">${verdictText(command, one)}${why}</td><td>${environment === null ? nothing : environmentText(environment)}</td><td class="full"><code>${path}</code></td></tr>
`;
}
