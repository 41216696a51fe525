import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { namesOf, outcomeSign, reasonsOf, type ShownPush } from './push-text.ts';
import { counted, numberText } from './summary-text.ts';

/** Up to so many records each has its line; the lines of more would push all else out of sight. */
export const mostLines = 50;
/** Reasons that are told, the most frequent first. */
const mostGroups = 20;

/** Records that are not in order, grouped by what became of them and why; of the others the summary tells how many. */
export function pushGroups(pushes: readonly ShownPush[], paint: Paint): string {
  const groups = new Map<string, ShownPush[]>();
  for (const each of pushes.filter(({ outcome }) => needsReason.has(outcome))) {
    const reasons = reasonsOf(each).map(withoutIds);
    const name = JSON.stringify([each.outcome, each.record.object_type, reasons]);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(each);
  }
  const sorted = [...groups.values()].sort((a, b) => b.length - a.length);
  const texts = sorted.slice(0, mostGroups).map((group) => groupText(group, paint));
  const left = sorted.slice(mostGroups);
  const more =
    left.length === 0
      ? ''
      : `and ${counted(left.flat().length, 'record')} with ${counted(left.length, 'other reason')}: --json has all of them\n`;
  return `${texts.join('')}${more}`;
}

const needsReason: ReadonlySet<ShownPush['outcome']> = new Set(['failed', 'refused', 'unknown', 'skipped']);

/** The same reason of another record names another request, or another object. */
const withoutIds = (reason: string): string =>
  reason
    .replace(/ \(request [^()]*\)/g, '')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…');

function groupText(group: readonly ShownPush[], paint: Paint): string {
  const [first] = group;
  if (first === undefined) return '';
  const { object_type } = first.record;
  const reasons = group.length === 1 ? reasonsOf(first) : reasonsOf(first).map(withoutIds);
  const below = [...reasons, namesOf(group)].map((text) => `          ${printable(text)}\n`);
  return `${outcomeSign(first.outcome, paint)}  ${numberText(group.length)} × ${printable(object_type)}\n${below.join('')}`;
}
