import { foldCase } from '../../model/fold-case.ts';
import { canonicalText } from '../../plan/canonical.ts';

/** A number of a document in the one form of all that are no difference; null where there is none. */
export function numberKey(number: string | null): string | null {
  const text = canonicalText(number ?? '');
  return text === '' ? null : text;
}

/** A name whatever its case; null where there is none. */
export function nameKey(name: string | null): string | null {
  const text = foldCase(canonicalText(name ?? ''));
  return text === '' ? null : text;
}
