import type { Kinds } from '../../model/kind.ts';
import { type Gap, type GapGroup, type GapSeverity, pushTypes } from '../../model/readiness.ts';
import { comparePoints } from '../../plan/compare-points.ts';
import { groupBy } from '../../plan/select.ts';
import type { Finding } from './finding.ts';
import { fixesOf } from './fixes.ts';
import { messageOf } from './messages.ts';

/** Findings as gaps: one for each code and severity, places of which the same is to be said together, large groups first. */
export function gapsOf(findings: readonly Finding[], kinds: Kinds): readonly Gap[] {
  return [...groupBy(findings, ({ code }) => code).values()].flatMap((alike) => {
    const bySeverity = groupBy(alike, ({ severity }) => severity);
    const blocking = bySeverity.get('blocks') ?? [];
    const known = new Set(bySeverity.size > 1 ? blocking.map(({ id }) => id) : []);
    return [...bySeverity.values()].flatMap((some) => {
      // What blocks already is not told again as a warning.
      const told = some === blocking ? some : some.filter(({ id }) => !known.has(id));
      const [first] = told;
      return first ? [gapOf(first, told, kinds)] : [];
    });
  });
}

function gapOf({ code, severity }: Finding, alike: readonly Finding[], kinds: Kinds): Gap {
  // What several types tell of one place is told once; a line may lack an account and a rate.
  const places = new Map(alike.map((each) => [`${each.id} ${each.group}`, each]));
  const groups = [...groupBy([...places.values()], ({ group }) => group)]
    .map(([label, members]) => groupOf(label, members))
    .sort((a, b) => b.places.length - a.places.length || comparePoints(a.label, b.label));
  const types = new Set(alike.map(({ type }) => type));
  const counts = {
    count: places.size,
    filled_by_apply: groups.reduce((sum, { filled_by_apply }) => sum + filled_by_apply, 0),
  };
  return {
    code,
    severity,
    types: pushTypes.filter((type) => types.has(type)),
    message: messageOf(code, { severity, count: counts.count, groups: groups.length, kinds }),
    ...counts,
    groups,
    fixes: fixesOf(code, severity, [...places.values()], kinds),
  };
}

function groupOf(label: string, members: readonly Finding[]): GapGroup {
  return {
    label,
    hint: members.find(({ hint }) => hint !== null)?.hint ?? null,
    filled_by_apply: members.filter(({ filled }) => filled).length,
    places: members
      .map(({ id, label: name }) => ({ id, label: name }))
      .sort((a, b) => comparePoints(a.label, b.label) || comparePoints(a.id, b.id)),
  };
}

/** What stands first: what blocks, then what warns, then what is covered. */
export const severities: readonly GapSeverity[] = ['blocks', 'warns', 'covered'];
