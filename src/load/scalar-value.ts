import { errorProblem, type Problem } from '../model/problem.ts';
import { canonicalText } from './canonical-text.ts';
import { originOf, type Spot } from './source-file.ts';
import type { Scalar } from './tree.ts';
import { insertVariables, type VariableFault, variablePrefix } from './variables.ts';

/** Control characters but tab and line feed, marks that turn the direction of text, and halves of characters. */
const forbidden = /[^\P{Cc}\t\n]|[\p{Bidi_Control}\p{Cs}]/u;
const plain = /^[\x20-\x7e]*$/;

/** Whether a text holds a character that no text of a file may hold. */
export const isForbidden = (text: string): boolean => !plain.test(text) && forbidden.test(text);

interface ScalarValue {
  readonly value: Scalar['value'];
  readonly hole: boolean;
  /** A variable is inserted into it. */
  readonly inserted: boolean;
  readonly problems: readonly Problem[];
}

/** The value of a scalar in canonical form, variables inserted. */
export function scalarValue(
  raw: unknown,
  spot: Spot,
  end: number,
  variables: Readonly<Record<string, string | undefined>>,
): ScalarValue {
  if (typeof raw === 'number' || typeof raw === 'boolean' || raw === null) {
    return { value: raw, hole: false, inserted: false, problems: [] };
  }
  if (typeof raw !== 'string') return { value: String(raw), hole: false, inserted: false, problems: [] };
  const { text, faults } = insertVariables(raw, variables);
  const problems = faults.map((fault) => variableProblem(fault, spot, end));
  const value = canonicalText(text);
  if (isForbidden(value)) problems.push(controlCharacter(value, spot, end));
  return { value, hole: faults.length > 0, inserted: raw.includes('${var.') && text !== raw, problems };
}

function variableProblem({ code, index, written, name }: VariableFault, spot: Spot, end: number): Problem {
  const origin = originOf({ file: spot.file, start: placeOf(written, index, spot, end) });
  if (code === 'VARIABLE_UNSET') {
    const message = `The variable \`${written}\` has no value: \`${variablePrefix}${name}\` is not set in the environment.`;
    const hint = `Set ${variablePrefix}${name}, or give a default: \`\${var.${name}:-value}\`.`;
    return errorProblem('VARIABLE_UNSET', message, { origin, hint });
  }
  const shown = written.length > 60 ? `${written.slice(0, 60)}…` : written;
  const message = `\`${shown}\` is no variable: only \`\${var.NAME}\` and \`\${var.NAME:-default}\` are.`;
  const hint = 'To mean the characters themselves, write `$${`.';
  return errorProblem('VARIABLE_FORM', message, { origin, hint });
}

/** Where a variable stands in the file: quotes, escapes and folded lines move it, so it is looked for. */
function placeOf(written: string, index: number, { file, start }: Spot, end: number): number {
  const source = file.text.slice(start, end);
  const exact = source.indexOf(written, Math.max(0, index));
  const found = exact >= 0 ? exact : source.indexOf(written);
  return start + Math.max(0, found);
}

function controlCharacter(value: string, { file, start }: Spot, end: number): Problem {
  const [character = ''] = forbidden.exec(value) ?? [];
  const found = file.text.slice(start, end).indexOf(character);
  const point = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  const message = `The text holds the invisible character U+${point}, which can make it look like something else.`;
  const origin = originOf({ file, start: start + Math.max(0, found) });
  return errorProblem('CONTROL_CHARACTER', message, {
    origin,
    hint: 'Delete the character, or type the text anew.',
  });
}
