import type { Plan, Unmanaged } from '../../model/plan.ts';
import type { Command } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import { labelText } from '../label-text.ts';
import type { ResultView } from '../result-view.ts';
import { counted, writesOf } from '../summary-text.ts';
import { byKind, drifting, sections, tellingOf } from './change-sections.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** What a plan changes, or drift finds, by kind, and what is left alone. `tools` stand above the changes. */
export function planSections(command: Command, plan: Plan, view: ResultView, tools: Markup): Markup {
  const rest = unmanagedSection(plan.unmanaged);
  if (plan.changes.length === 0)
    return markup`<section><h2>${command === 'drift' ? 'Differences' : 'Changes'}</h2><p class="card">None: the organization is as the file says.</p></section>
${rest}`;
  if (command !== 'drift')
    return markup`<section data-holder><h2>Changes</h2>
${sections(byKind(plan.changes, view), tellingOf(plan, view), tools)}${cost(plan)}</section>
${rest}`;
  const { drifted, gaps, pending } = differencesOf(plan);
  const telling = tellingOf(plan, view, drifting);
  const none = drifted.length > 0 ? nothing : markup`<p class="card">Nothing has drifted.</p>`;
  return markup`<section><h2>Differences</h2>
${none}${sections(
  [
    ...byKind(drifted, view, plan.config.base === null ? '' : 'Drifted: '),
    { title: 'Not yet applied, no drift', changes: pending },
    { title: 'Gaps that rules would fill, no drift', changes: gaps },
  ],
  telling,
  tools,
)}</section>
${rest}`;
}

const cost = (plan: Plan): Markup => markup`<p>An apply sends ${counted(writesOf(plan), 'write')}.</p>
`;

/** What no key of the file finds. */
function unmanagedSection(unmanaged: readonly Unmanaged[]): Markup {
  if (unmanaged.length === 0) return nothing;
  const rows = unmanaged.map(({ address, code, id, name }) => {
    const label = [code, name].filter((part) => part !== null).join(' ');
    const kind = address.replace(/\[.*$/s, '').replaceAll('_', ' ');
    return markup`<tr><th scope="row"><b>${label === '' ? address : labelText(label)}</b></th><td>${kind}</td><td class="full"><code>${id}</code></td></tr>
`;
  });
  return markup`<section><h2>Left alone <small>${counted(unmanaged.length, 'internal object')} not managed by this file</small></h2>
<details><summary>Show what is left alone</summary><table class="rows"><caption>Internal objects that the file does not manage</caption>
<thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">Id</th></tr></thead><tbody>
${rows}</tbody></table></details></section>
`;
}
