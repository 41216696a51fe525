import { isForbidden } from '../load/scalar-value.ts';
import type { Field } from '../model/kind.ts';
import { percentToHundredths } from '../model/percent.ts';
import { canonicalText } from '../plan/canonical.ts';

/** Why a file cannot say a field's value, in words that follow its name; null where it can. */
export function obstacleTo(field: Field, value: string): string | null {
  if (field.type === 'percent') {
    const hundredths = percentToHundredths(value);
    return hundredths === null || hundredths > 10_000 ? `is ${value}, not from 0% to 100%` : null;
  }
  const length = [...value].length;
  if (length > field.maxLength)
    return `has ${length} characters, and a file may say ${field.maxLength} of them`;
  return isForbidden(value) ? 'holds an invisible character that no file may hold' : null;
}

/** More is no name any more. */
const longestReference = 100;

/**
 * Whether a text can name one thing in a file: a reader sees all of it, and the service, which is asked for it, stores it in this
 * very form.
 */
export function isReference(text: string | null): text is string {
  return (
    text !== null &&
    text !== '' &&
    text === canonicalText(text) &&
    [...text].length <= longestReference &&
    !isForbidden(text)
  );
}
