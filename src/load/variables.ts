/** Environment variables are only read under this prefix: no file can reach a secret of the job. */
export const variablePrefix = 'LEDGERFORM_VAR_';

/** What is wrong with one `${…}`: it stands `index` characters into the text. */
export interface VariableFault {
  readonly code: 'VARIABLE_UNSET' | 'VARIABLE_FORM';
  readonly index: number;
  readonly written: string;
  readonly name: string | null;
}

/** One text tells each wrong variable once, and not more of them than anybody reads. */
const maxFaults = 20;

const any = /\$\$\{|\$\{[^}]*\}?/g;
const form = /^\$\{var\.([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}$/;

/**
 * The text with `${var.NAME}` and `${var.NAME:-default}` replaced by the environment's `LEDGERFORM_VAR_NAME` and `$${` by
 * `${`. What is inserted is never looked at again. An empty variable counts as unset where there is a default, as in a shell.
 */
export function insertVariables(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): { readonly text: string; readonly faults: readonly VariableFault[] } {
  if (!text.includes('${')) return { text, faults: [] };
  const faults: VariableFault[] = [];
  const report = (fault: VariableFault) => {
    if (faults.length < maxFaults && !faults.some(({ written }) => written === fault.written))
      faults.push(fault);
  };
  const inserted = text.replace(any, (written, index: number) => {
    if (written === '$${') return '${';
    const [match, name, fallback] = form.exec(written) ?? [];
    if (match === undefined || name === undefined) {
      report({ code: 'VARIABLE_FORM', index, written, name: null });
      return written;
    }
    const value = Object.hasOwn(variables, variablePrefix + name)
      ? variables[variablePrefix + name]
      : undefined;
    if (fallback !== undefined) return value === undefined || value === '' ? fallback : value;
    if (value !== undefined) return value;
    report({ code: 'VARIABLE_UNSET', index, written, name });
    return written;
  });
  return { text: inserted, faults };
}

/** A text as it is written in a file, so that it is read as this very text. */
export const escapeVariables = (text: string): string => text.replaceAll('${', () => '$${');
