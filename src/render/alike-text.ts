import type { Change } from '../model/plan.ts';
import { type ChangeView, nameText, signOf, signText, touchedFields, valuePair } from './change-text.ts';
import { ruleKey } from './rule-group-text.ts';
import { numberText } from './summary-text.ts';

/** So many that say the same are told together; the first of them are named. */
const fewest = 6;
const named = 3;

/** Changes to the same fields from the same values to the same values, which nothing more is to be said of. */
export function groupAlike(
  groups: readonly (readonly Change[])[],
  view: ChangeView,
): readonly (readonly Change[])[] {
  const alike = new Map<string, Change[]>();
  for (const group of groups) {
    const key = keyOf(group, view);
    const [first] = group;
    if (key === null || !first) continue;
    const same = alike.get(key);
    if (same) same.push(first);
    else alike.set(key, [first]);
  }
  const told = new Set<readonly Change[]>();
  return groups.flatMap((group) => {
    const key = keyOf(group, view);
    const same = key === null ? undefined : alike.get(key);
    if (same === undefined || same.length < fewest) return [group];
    if (told.has(same)) return [];
    told.add(same);
    return [same];
  });
}

/** What goes with others that say the same; null for what stands for itself: it takes something away, somebody else has a part in it, or it is warned of. */
function keyOf([first, ...others]: readonly Change[], { kinds }: ChangeView): string | null {
  if (!first || others.length > 0 || ruleKey(first) !== null) return null;
  const { action, reason, warnings } = first;
  if (reason !== 'config' || warnings.length > 0 || action === 'create' || action === 'delete') return null;
  const fields = touchedFields(first, kinds).map(([name, after]) => [
    name,
    first.before?.[name] ?? null,
    after,
  ]);
  return JSON.stringify([action, signOf(first), fields]);
}

/** What many changes have in common, and the first of them. */
export function alikeText(changes: readonly Change[], view: ChangeView): readonly string[] {
  const [first] = changes;
  if (!first) return [];
  const { paint } = view;
  const more = changes.length - named;
  return [
    `  ${signText(signOf(first), paint)} ${paint.bold(`${numberText(changes.length)} alike`)}  ${wayText(first, view)}`,
    ...changes.slice(0, named).map((change) => `      ${nameText(change, paint)}`),
    `      and ${numberText(more)} more (--show-all lists them)`,
  ];
}

const wayText = (change: Change, view: ChangeView): string =>
  touchedFields(change, view.kinds)
    .map(([name, after]) => {
      const [old, fresh] = valuePair(change, change.before?.[name] ?? null, after, view);
      return `${name} ${old} ${view.paint.yellow('->')} ${fresh}`;
    })
    .join(', ');
