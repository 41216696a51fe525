import type { Field } from '../model/kind.ts';
import { hundredthsToPercent, percentToHundredths } from '../model/percent.ts';
import type { Value } from '../model/value.ts';
import { type Tree, textOf } from './tree.ts';

/** What is stated for a field, in canonical form; null for nothing, and for what is no text. */
export function fieldValue(stated: Tree, field: Field): Value {
  const text = textOf(stated);
  if (text === null || text === '') return null;
  if (field.type !== 'percent') return text;
  const hundredths = percentToHundredths(text);
  return hundredths === null ? text : hundredthsToPercent(hundredths);
}
