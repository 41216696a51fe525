import type { Problem } from '../model/problem.ts';
import { keysAt } from './check-shape.gen.js';
import { placeOf } from './place.ts';
import { didYouMean } from './suggest.ts';
import { type Broken, told } from './told.ts';
import { below, isNull, keyOf, type Tree } from './tree.ts';

/** Guards that a later version has. */
const planned = new Set(['freeze', 'approvals']);

/** `{ a, b }`: a key without even a colon. */
function isBare(at: Tree, key: string): boolean {
  const value = below(at, key);
  return (
    isNull(value) &&
    at.file.text.startsWith('{', at.start) &&
    !at.file.text.slice(keyOf(at, key).start, value.end).includes(':')
  );
}

/** A key that the language does not have at its place. */
export function unknownKey(broken: Broken): Problem {
  const { error, path, at } = broken;
  const key = String(error.params.additionalProperty);
  const known = keysAt[error.schemaPath] ?? [];
  const where = path.length === 0 ? 'at the top of the file' : `in \`${placeOf(path)}\``;
  const list = known.length <= 12 ? `Known here: ${known.map((each) => `\`${each}\``).join(', ')}.` : null;
  const hint = planned.has(key)
    ? 'This version cannot hold such a guard, so the file must not say that it does. Remove it.'
    : isBare(at, key)
      ? 'Inside brackets a comma ends the value before it: put a text with a comma between double quotes.'
      : (didYouMean(key, known) ?? list);
  const problem = told(
    'UNKNOWN_KEY',
    `\`${key}\` means nothing ${where}.`,
    hint,
    { ...broken, path: [...path, key] },
    keyOf(at, key),
  );
  return problem;
}
