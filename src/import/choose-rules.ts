import { fewest, type RuleIdea } from './rule-idea.ts';
import type { Pointing } from './rule-parts.ts';
import type { Thing } from './thing.ts';

/*
 * Which rules say most with least? Every thing that points somewhere costs one entry; a rule costs one item and saves an entry for each
 * thing that has exactly what it says. Rules are chosen one by one, the one that saves most first, and each new one stands before
 * those chosen earlier: it takes from them what it matches, so what it does not say rightly needs an entry again.
 */

/** A rule and what it says. */
export interface ChosenRule {
  readonly idea: RuleIdea;
  readonly points: Pointing;
  /** A thing that has what it says. */
  readonly example: Thing;
}

/** More rules are no easier to read than entries. */
const mostRules = 100;
/** Of what a rule matches, at most this part may be exceptions. */
const exceptions = 0.25;

/** The rules in the order in which they stand. `standing` says what each thing points to. */
export function chooseRules(
  ideas: readonly RuleIdea[],
  standing: ReadonlyMap<Thing, Pointing | 'untouchable'>,
): readonly ChosenRule[] {
  const sayable = ideas.flatMap((idea) => sayings(idea, standing));
  const entries = new Set([...standing].flatMap(([thing, points]) => (isSomething(points) ? [thing] : [])));
  const chosen: ChosenRule[] = [];
  while (chosen.length < mostRules) {
    let [best, most]: [Saying | null, number] = [null, fewest - 2];
    for (const each of sayable) {
      const saved = savedBy(each, entries);
      if (saved > most) [best, most] = [each, saved];
    }
    if (!best) break;
    for (const thing of best.right) entries.delete(thing);
    for (const thing of best.wrong) entries.add(thing);
    chosen.unshift(best.rule);
  }
  return chosen;
}

const isSomething = (points: Pointing | 'untouchable'): points is Pointing =>
  points !== 'untouchable' && points.some((id) => id !== null);

interface Saying {
  readonly rule: ChosenRule;
  readonly right: readonly Thing[];
  readonly wrong: readonly Thing[];
}

/** What most things that meet the conditions have, if a rule may say it. */
function sayings(idea: RuleIdea, standing: ReadonlyMap<Thing, Pointing | 'untouchable'>): readonly Saying[] {
  const groups = new Map<string, { readonly points: Pointing; readonly things: Thing[] }>();
  for (const thing of idea.members) {
    const points = standing.get(thing) ?? 'untouchable';
    if (!isSomething(points)) return [];
    const key = JSON.stringify(points);
    const group = groups.get(key);
    if (group) group.things.push(thing);
    else groups.set(key, { points, things: [thing] });
  }
  const sorted = [...groups].sort(
    ([a, one], [b, other]) => other.things.length - one.things.length || (a < b ? -1 : 1),
  );
  const [, largest] = sorted[0] ?? [];
  const [example] = largest?.things ?? [];
  if (!largest || !example || largest.things.length < fewest) return [];
  const { points, things: right } = largest;
  const fillsGap = sorted.some(([, each]) =>
    points.some((id, at) => id !== null && each.points[at] === null),
  );
  const wrong = sorted.slice(1).flatMap(([, { things }]) => things);
  if (fillsGap || wrong.length > idea.members.length * exceptions) return [];
  return [{ rule: { idea, points, example }, right, wrong }];
}

function savedBy({ right, wrong }: Saying, entries: ReadonlySet<Thing>): number {
  let saved = -1;
  for (const thing of right) if (entries.has(thing)) saved += 1;
  for (const thing of wrong) if (!entries.has(thing)) saved -= 1;
  return saved;
}
