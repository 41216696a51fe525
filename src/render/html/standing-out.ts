import type { Change, Plan } from '../../model/plan.ts';
import type { Command, OrganizationResult } from '../../model/result.ts';
import { replaces } from '../../plan/replaces.ts';
import { labelText } from '../label-text.ts';
import { numberText } from '../summary-text.ts';
import { holdsReferences } from '../value-text.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Names of one list. */
const shownNames = 20;

/** Changes that are named above the tables, and what their rows are called, so that a name leads to its row. */
export type Anchors = ReadonlyMap<Change, string>;

/** The rows to which names above the tables lead: `row-1`, or in a part of the page `part-2-1`. */
export const anchorsOf = (
  { changes, observed }: Pick<Plan, 'changes' | 'observed'>,
  scope = 'row',
): Anchors =>
  new Map(
    changes
      .filter(
        (change) =>
          change.action === 'delete' ||
          change.reason === 'conflict' ||
          change.warnings.length > 0 ||
          takesAway(change, observed),
      )
      .map((change, at) => [change, `${scope}-${at + 1}`]),
  );

const takesAway = (change: Change, { references }: Pick<Plan['observed'], 'references'>): boolean =>
  holdsReferences(change) && replaces(change, references);

/** What a plan has that stands out, as far as it is shown. */
export interface Outstanding {
  readonly command: Command;
  /** Whether an apply of it may follow: of what is refused or has ended nothing will be deleted. */
  readonly comes: boolean;
  readonly plan: Pick<Plan, 'changes' | 'observed'>;
  readonly anchors: Anchors;
}

/**
 * What nobody may overlook, by name: what is deleted, where somebody else has changed what the file changes, what loses the
 * account it has, and what has a warning in its row. Drift only looks, so it deletes and replaces nothing.
 */
export function standingOut({ anchors, command, comes, plan }: Outstanding): Markup {
  const { changes, observed } = plan;
  const list = (title: string, tone: 'error' | 'warning', some: readonly Change[], note = ''): Markup =>
    listed({ anchors, changes: some, note, title, tone });
  const conflicts = changes.filter(({ reason }) => reason === 'conflict');
  const warned = changes.filter(({ warnings }) => warnings.length > 0);
  const deletes = command === 'drift' ? [] : changes.filter(({ action }) => action === 'delete');
  const replaced = command === 'drift' ? [] : changes.filter((change) => takesAway(change, observed));
  return markup`${list(comes ? 'Will be deleted' : 'Would be deleted', 'error', deletes, 'A delete cannot be undone: what is created again is another object, with another id.')}${list('Changed in the file and outside of it (conflicts)', 'error', conflicts)}${list(comes ? 'Will lose the account or tax rate they have' : 'Would lose the account or tax rate they have', 'warning', replaced)}${list('Changes with a warning in their row', 'warning', warned)}`;
}

/** Whether what a plan says may be done yet: nothing refuses it, and no apply has tried. */
export const mayCome = ({ apply, plan, problems }: OrganizationResult): boolean =>
  apply === null && ![...(plan?.warnings ?? []), ...problems].some(({ severity }) => severity === 'error');

interface List {
  readonly title: string;
  readonly tone: 'error' | 'warning';
  readonly note: string;
  readonly changes: readonly Change[];
  readonly anchors: Anchors;
}

function listed({ anchors, changes, note, title, tone }: List): Markup {
  if (changes.length === 0) return nothing;
  const more = changes.length - shownNames;
  const names = changes.slice(0, shownNames).map((change) => {
    const name = change.label === '' ? change.address : labelText(change.label);
    const anchor = anchors.get(change);
    return anchor === undefined
      ? markup`<li>${name}</li>`
      : markup`<li><a href="#${anchor}">${name}</a></li>`;
  });
  const rest = more > 0 ? markup`<li>and ${numberText(more)} more below</li>` : nothing;
  const said = note === '' ? nothing : markup`<p>${note}</p>`;
  return markup`<section class="problem ${tone}"><h2>${title}: ${numberText(changes.length)}</h2>${said}<ul class="names">${names}${rest}</ul></section>
`;
}
