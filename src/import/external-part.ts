import type { Written } from '../load/edit/edits.ts';
import { escapeVariables } from '../load/variables.ts';
import type { LiveObject } from '../model/live.ts';
import { externalAddress } from '../model/value.ts';
import { findLive, type LiveIndex } from '../plan/live-index.ts';
import { fieldText, labelOf } from '../plan/words.ts';
import type { Part } from './part.ts';
import { isReference } from './sayable.ts';

/** The look-up of an external object: by its code where no other external one has it, else by its id. */
export function externalPart(index: LiveIndex, object: LiveObject, key: string): Part {
  const { kind } = index;
  const label = labelOf(kind, object.fields, object.id);
  const rate = object.total ?? (kind.rate && fieldText(kind, object.fields, kind.rate.field));
  const said = [label, rate, object.status === 'Active' ? null : object.status].filter((each) => each);
  return {
    address: externalAddress(kind.collection, key),
    label,
    path: ['external', kind.collection],
    key,
    value: identityOf(index, object),
    remark: said.join(' · '),
    notes: [],
  };
}

function identityOf(index: LiveIndex, { fields, id }: LiveObject): Written {
  const { identity } = index.kind;
  const code = fields[identity] ?? null;
  if (!isReference(code)) return { id };
  const found = findLive(index, { code }).filter(({ external }) => external);
  return found.length === 1 ? { [identity]: escapeVariables(code) } : { id };
}
