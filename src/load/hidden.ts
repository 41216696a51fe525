import type { DesiredEntry, Dropped, Hidden } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Address, Value } from '../model/value.ts';
import { fieldValue } from './field-value.ts';
import { originOf, type Spot } from './source-file.ts';
import { isNull, type Member, memberOf, type Tree, textOf } from './tree.ts';

/** What lower layers state for the fields of an entry, also for those that only a dropped entry of that key had. */
export function hiddenFields(entry: Member, kind: CollectionKind): Pick<DesiredEntry, 'hidden'> {
  const hidden: Record<string, readonly Hidden<Value>[]> = {};
  const add = (name: string, read: (stated: Tree) => Value) => {
    const lower = [
      ...(memberOf(entry.value, name)?.hides ?? []),
      ...(entry.hides ?? []).flatMap(({ value }) => withHidden(memberOf(value, name))),
    ];
    if (lower.length > 0) hidden[name] = lower.map(({ value }) => hiddenAt(value, read(value)));
  };
  add('id', (stated) => textOf(stated)?.toLowerCase() ?? null);
  for (const [name, field] of Object.entries(kind.fields)) add(name, (stated) => fieldValue(stated, field));
  return Object.keys(hidden).length === 0 ? {} : { hidden };
}

const withHidden = (member: Member | undefined): readonly Member[] =>
  member ? [member, ...(member.hides ?? [])] : [];

/** A hidden value and where it stands. */
export const hiddenAt = <T>(spot: Spot, value: T): Hidden<T> => ({ value, origin: originOf(spot) });

/** Where layers have dropped a lower entry of the same key. */
export function dropsOf({ hides = [] }: Member): Pick<DesiredEntry, 'drops'> {
  const drops = hides.filter(({ value }) => isNull(value)).map(({ key }) => originOf(key));
  return drops.length === 0 ? {} : { drops };
}

/** A key that only stands for a dropped entry: where it is dropped, and what is. */
export function droppedOf(address: Address, { hides = [], key }: Member): readonly Dropped[] {
  const stated = hides.find(({ value }) => !isNull(value));
  return stated ? [{ address, origin: originOf(key), stated: originOf(stated.key) }] : [];
}
