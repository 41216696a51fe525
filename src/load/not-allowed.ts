import type { Problem } from '../model/problem.ts';
import type { ShapeError } from './check-shape.gen.js';
import { didYouMean } from './suggest.ts';
import { type Broken, name, told } from './told.ts';

/** A value of the right type that cannot stand there. */
export function notAllowed(broken: Broken): Problem {
  const { error, path, at } = broken;
  const written = at.type === 'scalar' ? String(at.value) : '';
  const allowed = Array.isArray(error.params.allowedValues) ? error.params.allowedValues.map(String) : [];
  if (allowed.length > 0) {
    const list = `It is one of ${allowed.map((each) => `\`${each}\``).join(', ')}.`;
    const guess = didYouMean(written, allowed);
    return told(
      'NOT_ALLOWED',
      at.type === 'scalar' && at.value === null
        ? `${name(path)} has no value.`
        : `${name(path)} cannot be \`${written}\`.`,
      guess ? `${guess} ${list}` : list,
      broken,
    );
  }
  const [complaint, hint] = limitWords(error) ?? ['does not have the form it must have', formHint(path)];
  return told('NOT_ALLOWED', `${name(path)} ${complaint}.`, hint, broken);
}

function limitWords({ keyword, params }: ShapeError): readonly [complaint: string, hint: string] | null {
  switch (keyword) {
    case 'minLength':
      return ['is empty', 'Fill it in, or leave the key out.'];
    case 'minItems':
      return ['is an empty list', 'Fill it in, or leave the key out.'];
    case 'minimum':
      return [`cannot be below ${params.limit}`, 'Write a larger number.'];
    case 'maxItems':
      return [`has more than ${params.limit} items`, 'Shorten the list.'];
    default:
      return null;
  }
}

function formHint(path: readonly string[]): string {
  if (path[0] === 'policy')
    return 'Write an address: a section, a point and a key, such as `ledger_accounts.cash`.';
  if (path.at(-2) === 'created_at') return 'Write a date as `2026-01-31`.';
  return 'An id of the service is a UUID, such as `9d2b4c8f-2087-4738-ba91-7359683c49a4`.';
}
