import type { Change } from '../../model/plan.ts';
import type { Command } from '../../model/result.ts';
import { labelText } from '../label-text.ts';
import { numberText } from '../summary-text.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Names of one list. */
const shownNames = 20;

/**
 * What nobody may overlook, by name: what is deleted, and where somebody else has changed what the file changes. Drift only
 * looks, so it deletes nothing.
 */
export function standingOut(command: Command, changes: readonly Change[]): Markup {
  const deletes = command === 'drift' ? [] : changes.filter(({ action }) => action === 'delete');
  const conflicts = changes.filter(({ reason }) => reason === 'conflict');
  return markup`${listed('Will be deleted', deletes)}${listed('Changed in the file and outside of it (conflicts)', conflicts)}`;
}

function listed(title: string, changes: readonly Change[]): Markup {
  if (changes.length === 0) return nothing;
  const more = changes.length - shownNames;
  const names = changes
    .slice(0, shownNames)
    .map(({ address, label }) => markup`<li>${label === '' ? address : labelText(label)}</li>`);
  const rest = more > 0 ? markup`<li>and ${numberText(more)} more below</li>` : nothing;
  return markup`<section class="problem error"><h2>${title}: ${numberText(changes.length)}</h2><ul class="names">${names}${rest}</ul></section>
`;
}
