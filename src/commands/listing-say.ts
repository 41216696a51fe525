import type { Assignments } from '../model/assignment.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Origin } from '../model/problem.ts';
import type { CollectionPart } from '../plan/collection-part.ts';
import { isGap } from '../plan/diff-assignment.ts';
import { resolveReference } from '../plan/resolve-reference.ts';

type Item = Assignments['products'][number] | Assignments['lineItems'][number];

/**
 * Which item of the file assigns an object: `rule consulting (ledgerform.yaml:44)`, `ledgerform.yaml:40`. Null where none
 * does, and where a rule that only fills gaps finds another object assigned.
 */
export function sayOf(
  item: Item | undefined,
  parts: readonly CollectionPart[],
  idOf: (kind: CollectionKind) => string | null,
): string | null {
  if (!item || !decides(item, parts, idOf)) return null;
  const { origin } = item;
  return itemText({ origin, name: item.type === 'rule' ? item.name : null });
}

function decides(
  item: Item,
  parts: readonly CollectionPart[],
  idOf: (kind: CollectionKind) => string | null,
): boolean {
  if (item.type !== 'rule' || item.overwrite) return true;
  const { targets, origin } = item;
  return parts.some((part) => {
    const { kind } = part.live;
    if (!Object.hasOwn(targets, kind.name)) return false;
    const id = idOf(kind);
    if (id === null || isGap(part, id)) return true;
    const where = { origin, address: null };
    return part.addressOf(id) === resolveReference(targets[kind.name] ?? null, part, where).after;
  });
}

function itemText({ origin, name }: { readonly origin: Origin; readonly name: string | null }): string {
  const place = `${origin.file}:${origin.line}`;
  return name ? `rule ${name} (${place})` : place;
}
