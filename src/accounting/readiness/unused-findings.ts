import { isArchived } from '../../model/archived.ts';
import type { CollectionKind } from '../../model/kind.ts';
import type { LiveObject } from '../../model/live.ts';
import type { PushType } from '../../model/readiness.ts';
import { type Address, unkeyedAddress } from '../../model/value.ts';
import { labelOf } from '../../plan/words.ts';
import { rateKind } from '../needed-kinds.ts';
import type { Finding, Judging } from './finding.ts';

/**
 * Internal accounts and rates that nothing uses and the accounting system has no counterpart of: those that are there, and those
 * that the next apply creates. They warn, because what will be assigned to them is kept back.
 */
export function unusedFindings(judging: Judging, known: readonly Finding[]): readonly Finding[] {
  const used = new Set(
    known.flatMap(({ about, code }) =>
      code === 'EXTERNAL_MISSING' && about?.what === 'object' ? [about.object.id] : [],
    ),
  );
  const { kinds, live, targets, wishes } = judging;
  return kinds.collections.flatMap((kind) => {
    const there = (live.collections.get(kind.collection)?.objects ?? []).filter(
      (each) => !each.external && !isArchived(each) && !used.has(each.id),
    );
    const found = [
      ...there.map((object) => ({ object, address: unkeyedAddress(kind.collection, object.id) })),
      ...wishes.created(kind).map((object) => ({ object, address: object.id })),
    ];
    return found
      .filter(({ object }) => targets.isAlone(kind, object.fields))
      .flatMap(({ address, object }) => findingsOf(kind, object, address, judging));
  });
}

/** An account concerns every type, a rate those with lines that have one. */
function findingsOf(
  kind: CollectionKind,
  object: LiveObject,
  address: Address,
  { kinds, types }: Judging,
): readonly Finding[] {
  const label = labelOf(kind, object.fields, object.id);
  const ofRates: readonly PushType[] = ['bills', 'invoices'];
  return types
    .filter((type) => kind !== rateKind(kinds) || ofRates.includes(type))
    .map((type) => ({
      code: 'EXTERNAL_MISSING',
      severity: 'warns',
      type,
      object: null,
      id: address,
      label,
      group: label,
      hint: null,
      filled: false,
      about: { what: 'object', kind, object },
    }));
}
