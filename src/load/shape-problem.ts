import type { Kinds } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import { keysAt } from './check-shape.gen.js';
import { notAllowed } from './not-allowed.ts';
import { percentProblem } from './percent-problem.ts';
import { type Broken, name, type Told, told } from './told.ts';
import { keyOf, writtenText } from './tree.ts';
import { unknownKey } from './unknown-key.ts';
import { wrongType } from './wrong-type.ts';

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
    default:
      return { problem: notAllowed(broken) };
  }
}

const isPercent = ([section, , field = '', ...more]: readonly string[], kinds: Kinds): boolean =>
  more.length === 0 &&
  kinds.collections.some((kind) => kind.collection === section && kind.fields[field]?.type === 'percent');

const keys = ({ error }: Broken): string => {
  const known = keysAt[error.schemaPath.replace(/\w+$/, 'additionalProperties')] ?? [];
  return known.map((key) => `\`${key}\``).join(', ');
};

function unsupportedVersion(broken: Broken): Problem {
  const written = writtenText(broken.at).slice(0, 40);
  return told(
    'UNSUPPORTED_VERSION',
    written === '' ? '`version` has no value.' : `The version of the language cannot be \`${written}\`.`,
    'Write `version: 1`.',
    broken,
  );
}
