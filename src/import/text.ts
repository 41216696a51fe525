import { isMapping } from '../load/edit/edits.ts';
import { itemLines, memberLines } from '../load/edit/fresh.ts';
import { keyText, scalarText } from '../load/edit/scalar-text.ts';
import { rankOf } from '../load/format/key-order.ts';
import { modelineTo } from '../load/modeline.ts';
import { escapeVariables } from '../load/variables.ts';
import type { Environment, Organization } from '../model/desired.ts';
import type { Address } from '../model/value.ts';
import { printable } from '../render/printable.ts';
import type { Composed, LeftOut, Part } from './part.ts';

/** What stands at the top of a file. */
export interface FileHead {
  readonly organization: Organization;
  readonly environment: Environment;
  /** The schema's path, relative to the file. */
  readonly schema: string;
}

/** A configuration and whose line each of its lines is. */
export interface FileText {
  readonly text: string;
  /** The part that line `n` (from 1) is of, at `n - 1`. */
  readonly partAt: readonly (Address | null)[];
}

const step = '  ';

/** Writes parts as a configuration of its own. */
export function fileText({ leftOut, parts }: Composed, head: FileHead): FileText {
  const lines = new Map<number, Address>();
  const text: string[] = [...headLines(head)];
  let open: readonly string[] = [];
  for (const part of inOrder(parts)) {
    text.push(...sectionLines(open, part.path));
    open = part.path;
    for (const line of partLines(part, step.repeat(part.path.length))) {
      lines.set(text.length, part.address);
      text.push(line);
    }
  }
  // What concerns a part is said above it.
  const said = new Set(lines.values());
  text.push(...leftOutLines(leftOut.filter(({ address }) => !said.has(address))));
  return { text: `${text.join('\n')}\n`, partAt: text.map((_, at) => lines.get(at) ?? null) };
}

/** Sections in the order of every file; what stands in each stays as it is. */
const inOrder = (parts: readonly Part[]): readonly Part[] =>
  [...parts].sort((a, b) => rankOf(a.path[0] ?? '') - rankOf(b.path[0] ?? ''));

function headLines({ environment, organization: { id, name }, schema }: FileHead): readonly string[] {
  return [
    modelineTo(schema),
    '#',
    '# Written by `ledgerform import` from what is live: a plan of it is empty until somebody changes this file or the organization.',
    'version: 1',
    'organization:',
    `${step}id: ${id}`,
    ...(name === null
      ? []
      : [`${step}name: ${scalarText(escapeVariables(name), 'plain', { inFlow: false })}`]),
    `environment: ${environment}`,
  ];
}

/** The keys that lead to a part where the one before stands elsewhere. */
function sectionLines(open: readonly string[], path: readonly string[]): readonly string[] {
  const shared = path.findIndex((key, at) => open[at] !== key);
  if (shared < 0) return [];
  const keys = path.slice(shared).map((key, at) => `${step.repeat(shared + at)}${keyText(key)}:`);
  if (shared > 0) return keys;
  const [first = '', ...more] = keys;
  return ['', first, ...(path[0] === 'external' ? [`${step}${externalNote}`] : []), ...more];
}

const externalNote = '# Pulled from the accounting system: looked up here, and never changed.';

function partLines({ key, notes, remark, value }: Part, indent: string): readonly string[] {
  const [first = '', ...more] =
    key === null ? itemLines(value, indent, '- ', step) : memberLines(key, { value }, indent, step);
  // Behind a value of several lines nothing can be said.
  const isBlock = !isMapping(value) && more.length > 0;
  const beside = remark === null || isBlock ? '' : ` # ${comment(remark)}`;
  return [...notes.map((note) => `${indent}# ${comment(note)}`), `${first}${beside}`, ...more];
}

function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  if (leftOut.length === 0) return [];
  return [
    '',
    '# What this file does not say, and no plan of it touches:',
    ...leftOut.map(({ address, label, why }) => `# - ${comment(`${address} (${label}): ${why}`)}`),
  ];
}

const longest = 200;

/** One line that ends no comment and hides nothing. */
function comment(text: string): string {
  const line = printable(text)
    .replace(/[\ufffe\uffff]/g, '?')
    .trim();
  const signs = [...line];
  return signs.length <= longest ? line : `${signs.slice(0, longest).join('')}…`;
}
