import { foldCase } from '../model/fold-case.ts';
import type { Field } from '../model/kind.ts';
import { hundredthsToPercent, percentToHundredths } from '../model/percent.ts';
import type { Value } from '../model/value.ts';

/** The one form of all values that are no difference: trimmed, NFC, `\n`, `7.5%`; empty text is null. Case stays. */
export function canonical(field: Field, value: Value): Value {
  if (value === null) return null;
  const text = canonicalText(value);
  if (text === '') return null;
  if (field.type === 'text') return text;
  const hundredths = percentToHundredths(text);
  return hundredths === null ? text : hundredthsToPercent(hundredths);
}

/** Text in the one form of all texts that are no difference: trimmed, NFC, `\n`. Case stays. */
export function canonicalText(text: string): string {
  return isPlain(text) ? text : text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
}

/** True when two values are no difference: equal in canonical form and, where the field says so, whatever their case. */
export function sameValue(field: Field, a: Value, b: Value): boolean {
  return comparable(field, a) === comparable(field, b);
}

/** Equal for two values exactly when `sameValue` holds, so that it can serve as a key of a map. */
export function comparable(field: Field, value: Value): Value {
  const text = canonical(field, value);
  return text !== null && field.type === 'text' && field.foldCase ? foldCase(text) : text;
}

/** Most codes and names are printable ASCII without white space around it: those are in canonical form already. */
function isPlain(text: string): boolean {
  return /^[!-~]([ -~]*[!-~])?$/.test(text);
}
