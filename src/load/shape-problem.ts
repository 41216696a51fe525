import type { Kinds } from '../model/kind.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import { keysAt, type ShapeError } from './check-shape.gen.js';
import { percentProblem } from './percent-problem.ts';
import { addressAt, placeOf } from './place.ts';
import type { Repair } from './repair.ts';
import { originOf, type Spot } from './source-file.ts';
import { didYouMean } from './suggest.ts';
import type { Tree } from './tree.ts';
import { wrongType } from './wrong-type.ts';

export interface Broken {
  readonly error: ShapeError;
  /** Keys and indexes that lead to the value. */
  readonly path: readonly string[];
  readonly at: Tree;
  readonly kinds: Kinds;
}

export interface Told {
  readonly problem: Problem;
  readonly repair?: Repair | null;
}

/** What the compiled check complains of, in plain words and at the right place. */
export function shapeProblem(broken: Broken): Told {
  const { error, path, at, kinds } = broken;
  if (path.length === 1 && path[0] === 'version') return { problem: unsupportedVersion(broken) };
  if (isPercent(path, kinds)) return percentProblem(broken);
  switch (error.keyword) {
    case 'type':
      return wrongType(broken);
    case 'additionalProperties':
      return { problem: unknownKey(broken) };
    case 'propertyNames': {
      const key = String(error.params.propertyName);
      const message = `\`${key}\` cannot be a key: keys are made of letters, digits, \`_\` and \`-\`, at most 200.`;
      return {
        problem: told(
          'NOT_ALLOWED',
          message,
          'The key is only a name inside this file; choose another.',
          broken,
          keyOf(at, key),
        ),
      };
    }
    case 'maxLength': {
      const length = at.type === 'scalar' ? [...String(at.value)].length : 0;
      const message = `${name(path)} has ${length} characters; at most ${error.params.limit} are allowed.`;
      return { problem: told('TOO_LONG', message, 'Shorten it.', broken) };
    }
    case 'required': {
      const message = `${name(path)} needs \`${error.params.missingProperty}\`.`;
      return { problem: told('MISSING_KEY', message, 'Add it.', broken) };
    }
    case 'minProperties':
      return {
        problem: told(
          'MISSING_KEY',
          `${name(path)} says nothing: it needs exactly one of ${keys(broken)}.`,
          'Add one.',
          broken,
        ),
      };
    case 'maxProperties':
      return {
        problem: told(
          'NOT_ALLOWED',
          `${name(path)} says too much: it needs exactly one of ${keys(broken)}.`,
          'Keep the one that is sure to be unique.',
          broken,
        ),
      };
    case 'oneOf':
      return { problem: alternatives(broken) };
    case 'anyOf':
      return {
        problem: told(
          'MISSING_KEY',
          `${name(path)} assigns nothing.`,
          'Add `ledger_account`, or for a line `tax_rate`.',
          broken,
        ),
      };
    default:
      return { problem: notAllowed(broken) };
  }
}

/** A problem of a value, at the value unless another spot is given. */
export const told = (
  code: ProblemCode,
  message: string,
  hint: string | null,
  { path, at, kinds }: Broken,
  spot: Spot = at,
): Problem =>
  errorProblem(code, message, {
    origin: originOf(spot),
    address: addressAt(path, new Set(kinds.collections.map((kind) => kind.collection))),
    hint,
  });

/** The place of a value at the beginning of a sentence. */
export const name = (path: readonly string[]): string =>
  path.length === 0 ? 'The file' : `\`${placeOf(path)}\``;

const isPercent = ([section, , field = '', ...more]: readonly string[], kinds: Kinds): boolean =>
  more.length === 0 &&
  kinds.collections.some((kind) => kind.collection === section && kind.fields[field]?.type === 'percent');

const keyOf = (at: Tree, key: string): Spot =>
  (at.type === 'mapping' ? at.members.get(key)?.key : undefined) ?? at;

const keys = ({ error }: Broken): string => {
  const known = keysAt[error.schemaPath.replace(/\w+$/, 'additionalProperties')] ?? [];
  return known.map((key) => `\`${key}\``).join(', ');
};

function unsupportedVersion(broken: Broken): Problem {
  const written = broken.at.type === 'scalar' ? String(broken.at.value) : 'this';
  return told(
    'UNSUPPORTED_VERSION',
    `Version ${written} of the language is not known here.`,
    'Write `version: 1`.',
    broken,
  );
}

const planned = new Set(['freeze', 'approvals']);

function unknownKey(broken: Broken): Problem {
  const { error, path, at } = broken;
  const key = String(error.params.additionalProperty);
  const known = keysAt[error.schemaPath] ?? [];
  const where = path.length === 0 ? 'at the top of the file' : `in \`${placeOf(path)}\``;
  const list = known.length <= 12 ? `Known here: ${known.map((each) => `\`${each}\``).join(', ')}.` : null;
  const hint = planned.has(key)
    ? 'This version cannot hold such a guard, so the file must not say that it does. Remove it.'
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

function alternatives(broken: Broken): Problem {
  const { path, at } = broken;
  const both = at.type === 'mapping' && at.members.has('when');
  const specific = path[1] === 'line_items' ? '`payable` and `line_item`' : '`product`';
  return both
    ? told(
        'NOT_ALLOWED',
        `${name(path)} is a rule (\`when\`) and names one object (${specific}) at once.`,
        'Keep one of the two.',
        broken,
      )
    : told(
        'MISSING_KEY',
        `${name(path)} says neither which object is meant (${specific}) nor which ones (\`when\`).`,
        'Add one of the two.',
        broken,
      );
}

function notAllowed(broken: Broken): Problem {
  const { error, path, at } = broken;
  const written = at.type === 'scalar' ? String(at.value) : '';
  const allowed = Array.isArray(error.params.allowedValues) ? error.params.allowedValues.map(String) : [];
  if (allowed.length > 0) {
    const list = `It is one of ${allowed.map((each) => `\`${each}\``).join(', ')}.`;
    const guess = didYouMean(written, allowed);
    return told(
      'NOT_ALLOWED',
      `${name(path)} cannot be \`${written}\`.`,
      guess ? `${guess} ${list}` : list,
      broken,
    );
  }
  if (error.keyword === 'minLength') {
    return told('NOT_ALLOWED', `${name(path)} is empty.`, 'Fill it in, or leave the key out.', broken);
  }
  if (error.keyword === 'minimum')
    return told(
      'NOT_ALLOWED',
      `${name(path)} cannot be below ${error.params.limit}.`,
      'Write 0 or more.',
      broken,
    );
  if (error.keyword === 'maxItems') {
    return told(
      'NOT_ALLOWED',
      `${name(path)} has more than ${error.params.limit} items.`,
      'Shorten the list.',
      broken,
    );
  }
  if (error.keyword === 'minItems')
    return told(
      'NOT_ALLOWED',
      `${name(path)} is an empty list.`,
      'Fill it in, or leave the key out.',
      broken,
    );
  return told('NOT_ALLOWED', `${name(path)} does not have the form it must have.`, formHint(path), broken);
}

function formHint(path: readonly string[]): string {
  if (path[0] === 'policy')
    return 'Write an address: a section, a point and a key, such as `ledger_accounts.cash`.';
  if (path.at(-2) === 'created_at') return 'Write a date as `2026-01-31`.';
  return 'An id of the service is a UUID, such as `9d2b4c8f-2087-4738-ba91-7359683c49a4`.';
}
