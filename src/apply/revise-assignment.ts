import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Change, Plan } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Value } from '../model/value.ts';
import { isByRule, placeOf } from '../plan/places.ts';
import { type Assignable, assignables } from './assignables.ts';
import type { Verdict } from './revise.ts';
import { addressOf, type PointerView } from './revise-setting.ts';
import { type Moved, stale, staleValues } from './stale.ts';

/** What one field comes to. `filled`: a gap that the rule was to fill, and that somebody filled otherwise. */
type FieldState = 'done' | 'open' | 'filled' | 'moved' | 'gone';

interface FieldVerdict extends Moved {
  readonly state: FieldState;
}

/**
 * Compares assignments with the products and lines as they are now, by ids and each field on its own. What has its value
 * already is not written again; what a rule was to fill and somebody filled, and what is no longer the rule's concern, is
 * overtaken, the whole change: the next plan says what is left of it. What else moved is stale.
 */
export function assignmentReviser(plan: Plan, view: PointerView): (change: Change) => Verdict {
  const find = assignables(view.live);
  return (change) => {
    const thing = find(change);
    const noun = change.kind === 'product_assignment' ? 'product' : 'line';
    if (!thing) return outOfReach(change, `the ${noun} that it assigns is gone`, plan);
    const fields = Object.keys(change.after ?? {}).map((field) => compare(field, change, thing, plan, view));
    const of = (state: FieldState) => fields.filter((each) => each.state === state);
    if (of('done').length === fields.length) return verdict(change, 'already_done');
    if (!stillMatches(change, thing, plan))
      return outOfReach(change, `the ${noun} no longer matches the rule`, plan);
    const [gone] = of('gone');
    if (gone)
      return verdict(
        change,
        'stale',
        stale(change, `${gone.wanted ?? ''}, which it is to point to, is gone`),
      );
    const moved = of('moved');
    if (moved.length > 0) return verdict(change, 'stale', staleValues(change, moved));
    const filled = of('filled');
    if (filled.length > 0) return verdict(change, 'overtaken', overtaken(change, filledMeanwhile(filled)));
    return { ...verdict(change, 'run'), fields: of('open').map(({ field }) => field) };
  };
}

function compare(
  field: string,
  change: Change,
  thing: Assignable,
  plan: Plan,
  { kinds, ids, known }: PointerView,
): FieldVerdict {
  const kind = kindOf(field, kinds);
  const live = thing.pointsTo(kind);
  const before = change.before?.[field] ?? null;
  const after = change.after?.[field] ?? null;
  const say = (state: FieldState): FieldVerdict => {
    const told = live === null || state === 'done' || state === 'open' ? live : addressOf(ids, live);
    return { field, planned: before, live: told ?? live, wanted: after, state };
  };
  const wanted = after === null ? null : ids.get(after);
  const there = known.get(kind.collection);
  if (wanted && !there)
    throw new Error(`${kind.collection} must be read before a plan is compared with them`);
  if (wanted && !there?.has(wanted)) return say('gone');
  if (wanted === live) return say('done');
  if (live === (before === null ? null : (ids.get(before) ?? before))) return say('open');
  return say(
    isByRule(change, plan.observed.rules) && live !== null && isGap(before, plan) ? 'filled' : 'moved',
  );
}

/** What the plan saw as a gap: no id, or an id that pointed to nothing. */
const isGap = (before: Value, { observed }: Plan): boolean =>
  before === null || observed.references[before]?.external === null;

/** The kind whose objects a field of an assignment points to. */
export function kindOf(field: string, kinds: Kinds): CollectionKind {
  const kind = kinds.collections.find(({ name }) => name === field);
  if (!kind) throw new Error(`nothing can be assigned to a ${field}`);
  return kind;
}

function stillMatches({ source }: Change, thing: Assignable, { observed }: Plan): boolean {
  const rule = source ? observed.rules?.[placeOf(source)] : undefined;
  return !rule || thing.matches(rule);
}

/** A rule has no say any more; what an item of the file names must be there. */
function outOfReach(change: Change, what: string, { observed }: Plan): Verdict {
  if (isByRule(change, observed.rules)) return verdict(change, 'overtaken', overtaken(change, what));
  return verdict(change, 'stale', stale(change, what));
}

const overtaken = (change: Change, what: string): Problem =>
  warningProblem('OVERTAKEN', `${change.label}: ${what}`, { address: change.address, origin: change.source });

const filledMeanwhile = (fields: readonly FieldVerdict[]): string =>
  fields.map(({ field, live }) => `${field} was empty when planned and is ${live ?? 'empty'} now`).join('; ');

const verdict = (change: Change, status: Verdict['status'], problem: Problem | null = null): Verdict => ({
  change,
  status,
  id: change.id,
  problem,
});
