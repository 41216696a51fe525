import { foldCase } from '../../model/fold-case.ts';
import type { CollectionKind, Field } from '../../model/kind.ts';
import { percentToHundredths } from '../../model/percent.ts';
import type { Address, Value } from '../../model/value.ts';
import { canonicalText } from '../canonical-text.ts';
import type { Written } from '../edit/edits.ts';
import { isForbidden } from '../scalar-value.ts';
import { memberAt } from '../tree.ts';
import { escapeVariables } from '../variables.ts';
import { type Facts, type Layer, NotAccepted } from './wish.ts';

/** A live value as a file states it for a field. */
export function fieldWanted(name: string, field: Field, value: Value): Written {
  if (value === null) {
    if (field.type === 'text' && field.clearable) return null;
    throw new NotAccepted(`it has no \`${name}\` any more, which a file cannot say`);
  }
  if (field.type === 'percent') {
    const hundredths = percentToHundredths(value);
    if (hundredths === null || hundredths > 10_000)
      throw new NotAccepted(`\`${name}\` is ${value}, which a file cannot say`);
    return value;
  }
  if (isForbidden(value)) throw new NotAccepted(`\`${name}\` holds an invisible character`);
  if ([...value].length > field.maxLength)
    throw new NotAccepted(`\`${name}\` is longer than ${field.maxLength} characters`);
  return escapeVariables(value);
}

/** A live object as a file refers to it: by its key, else by a look-up in place. */
export function referenceWanted(address: Value, kind: CollectionKind, layer: Layer, facts: Facts): Written {
  if (address === null) return null;
  const target = facts.references[address];
  if (!target || target.external === null)
    throw new NotAccepted(`it points to ${address}, which does not exist any more`);
  const key = keyOf(address, layer, facts);
  return key ?? lookUp(target.id, kind, facts);
}

/** The key behind an address, where the file may use it: an extended file knows only keys of its own. */
function keyOf(address: Address, { path, tree }: Layer, { desired, layers, where }: Facts): string | null {
  const declared = [...desired.entries, ...desired.externals].find((each) => each.address === address);
  if (!declared) return null;
  const { collection, key } = declared;
  const section = 'fields' in declared ? [collection] : ['external', collection];
  const isOwn = where === 'own' || path === layers[0]?.path;
  return isOwn || (tree && memberAt(tree, [...section, key])) ? key : null;
}

/** By its code where no other has it, now or after a plan; else by its id. */
function lookUp(id: string, kind: CollectionKind, { desired, live }: Facts): Written {
  const objects = live.collections.get(kind.collection)?.objects ?? [];
  const field = kind.fields[kind.identity];
  const fold = field?.type === 'text' && field.foldCase === true;
  const comparable = (value: Value | undefined): string | null => {
    const text = canonicalText(value ?? '');
    return text === '' ? null : fold ? foldCase(text) : text;
  };
  const stored = objects.find((each) => each.id === id)?.fields[kind.identity] ?? null;
  const code = comparable(stored);
  const others = objects.filter((each) => each.id !== id && comparable(each.fields[kind.identity]) === code);
  const claimed = desired.entries.some(
    ({ collection, fields }) => collection === kind.collection && comparable(fields[kind.identity]) === code,
  );
  if (stored === null || code === null || others.length > 0 || claimed || isForbidden(code)) return { id };
  return { [kind.identity]: escapeVariables(canonicalText(stored)) };
}
