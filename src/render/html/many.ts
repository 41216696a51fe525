import type { Plan } from '../../model/plan.ts';
import type { Command, OrganizationResult, Result } from '../../model/result.ts';
import { type Alike, alike } from '../../plan/alike.ts';
import { differencesOf } from '../../plan/differences.ts';
import { sharedProblems } from '../many/fleet-problems.ts';
import { groupBy } from '../outcome-lines.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { counted } from '../summary-text.ts';
import { verdictText } from '../verdict.ts';
import { applyProblems, applyTables } from './apply-sections.ts';
import { byKind, drifting, sectionsOf, tellingOf } from './change-sections.ts';
import { deeper, joined, type Markup, markup, nothing } from './markup.ts';
import { organizationTable } from './organization-table.ts';
import { problemCard } from './problems.ts';
import { anchorsOf, mayCome, standingOut } from './standing-out.ts';

/**
 * A run over many organizations: a table with those first that need somebody, what is wrong once with whom it concerns, and
 * the changes of those with the very same ones once.
 */
export function manyMain(result: Result, view: ResultView, tools: Markup): Markup {
  const { command } = result;
  const parts = [...plansAlike(result), ...applied(result)].map((part, at) => ({
    ...part,
    id: `part-${at + 1}`,
  }));
  const idOf = new Map(parts.flatMap(({ id, members }) => members.map(({ one }) => [one, id] as const)));
  const sections = parts.map(({ id, members }) => partSection(command, id, members, view));
  return markup`${tools}${organizationTable(result, (one) => idOf.get(one) ?? null)}${problems(result, view)}${sections}`;
}

/** What is wrong, and below it what there is to know: each once, with whom it concerns. */
function problems({ command, organizations }: Result, view: ResultView): Markup {
  const shared = sharedProblems(organizations, ({ apply, plan, problems: own }) => [
    ...own,
    // Guards judge an apply; drift only looks.
    ...(apply === null ? (plan?.warnings ?? []) : []).filter(
      ({ severity }) => command !== 'drift' || severity === 'warning',
    ),
    ...(apply?.outcome === 'refused' ? apply.problems : []),
  ]);
  return markup`${(['error', 'warning'] as const).map((severity) => {
    const some = shared.filter(({ problem }) => problem.severity === severity);
    if (some.length === 0) return nothing;
    const cards = some.map(({ paths, problem }) =>
      problemCard(problem, view, markup`<p>In ${namesOf([...paths])}</p>`),
    );
    return markup`<section><h2>${severity === 'error' ? 'Problems' : 'Warnings'}</h2>
${cards}</section>
`;
  })}`;
}

/** An organization and the part of its plan that counts. */
interface Member {
  readonly one: OrganizationResult;
  readonly plan: Plan;
}

type Part = Pick<Alike<Member>, 'members'>;

/** Organizations with the very same changes, the largest group first. */
function plansAlike({ command, organizations }: Result): readonly Part[] {
  const planned = organizations.flatMap((one): readonly Member[] => {
    if (one.plan === null || wasWritten(one)) return [];
    const changes = command === 'drift' ? differencesOf(one.plan).drifted : one.plan.changes;
    return [{ one, plan: { ...one.plan, changes } }];
  });
  // What came of a plan stands in the title: those of which the same is to be said are told together.
  return [...groupBy(planned, ({ one }) => verdictText(command, one))]
    .flatMap(([, some]) => alike(some))
    .sort((a, b) => b.members.length - a.members.length);
}

/** Each organization in which something was done, or was not. */
const applied = ({ organizations }: Result): readonly Part[] =>
  organizations.flatMap((one): readonly Part[] =>
    one.plan !== null && wasWritten(one) && one.apply?.outcome !== 'nothing'
      ? [{ members: [{ one, plan: one.plan }] }]
      : [],
  );

const wasWritten = ({ apply }: OrganizationResult): boolean => apply !== null && apply.outcome !== 'refused';

function partSection(command: Command, id: string, members: Part['members'], view: ResultView): Markup {
  const [{ one, plan }] = members;
  const several = members.length > 1;
  const title = several
    ? `${counted(members.length, 'organization')}: the same ${counted(plan.changes.length, 'change')}`
    : whoseText(one);
  const names = namesOf(members.map((each) => nameAndPath(each.one)));
  const anchors = anchorsOf(plan, id);
  const given = command === 'drift' ? { ...drifting, several, anchors } : { several, anchors };
  const inside =
    one.apply !== null && wasWritten(one)
      ? deeper(markup`${applyProblems(one.apply, plan, view)}${applyTables(one.apply, plan, view, null)}`)
      : markup`${deeper(standingOut({ anchors, command, comes: mayCome(one), plan }))}${sectionsOf(byKind(plan.changes, view), tellingOf(plan, view, given))}`;
  return markup`<section id="${id}" data-scope data-holder><h2>${title} <small>${verdictText(command, one)}</small></h2>
<p data-names>${names}</p>
${inside}</section>
`;
}

const nameAndPath = (one: OrganizationResult): string =>
  one.organization === null ? one.path : `${whoseText(one)} (${one.path})`;

const namesOf = (names: readonly string[]): Markup =>
  joined(
    names.map((name) => markup`${name}`),
    markup`, `,
  );
