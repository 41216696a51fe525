import { unpainted } from '../render/paint.ts';
import { width } from '../render/width.ts';
import type { ProcessEdge } from './process-edge.ts';
import type { Room } from './room.ts';

/** What decides whether a text is read in a pager. */
export interface PagerWanted {
  /** Nobody said `--no-pager`, `-q` or `-v`. */
  readonly allowed: boolean;
  /** Somebody sits there: what they read and what they type is one terminal. */
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly variables: ProcessEdge['variables'];
  /** `process.platform`. */
  readonly platform: string;
}

/** A pager, and whether a shell has to read its command line. */
export interface Pager {
  readonly command: string;
  readonly usual: boolean;
}

/**
 * The pager for a text: `LEDGERFORM_PAGER`, else `PAGER`, else `less`; null where the text fits the screen, where nobody sits in
 * front of it, and where none is wanted (an empty variable, or `cat`).
 */
export function pagerFor(text: string, room: Room, wanted: PagerWanted): Pager | null {
  const { allowed, platform, stdin, stdout, variables } = wanted;
  if (!allowed || !stdin || !stdout) return null;
  if ((variables.CI ?? '') !== '' || variables.TERM === 'dumb') return null;
  if (rowsOf(text, room.columns) < room.rows) return null;
  const chosen = (variables.LEDGERFORM_PAGER ?? variables.PAGER)?.trim();
  if (chosen === undefined) return platform === 'win32' ? null : { command: 'less', usual: true };
  return chosen === '' || chosen === 'cat' ? null : { command: chosen, usual: false };
}

/** How many rows of the screen a text takes; one more is for what comes after it. */
function rowsOf(text: string, columns: number): number {
  const lines = unpainted(text).replace(/\n$/, '').split('\n');
  if (!Number.isFinite(columns)) return lines.length;
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(width(line) / columns)), 0);
}

/** Those of the user that a pager needs no more than the programs that it can start: all but credentials and what the configuration asks for. */
const withheld = /^(?:TESOURO_|LEDGERFORM_VAR_)/i;

/** The environment of a pager: without secrets, and for `less` and `lv` with what they need to show colours, where the user does not say it. */
export function pagerVariables(variables: ProcessEdge['variables']): Readonly<Record<string, string>> {
  const kept = Object.entries(variables).flatMap(([name, value]): [string, string][] =>
    value === undefined || withheld.test(name) ? [] : [[name, value]],
  );
  // What is written is UTF-8, whatever the locale says.
  return { LESS: 'FRX', LV: '-c', LESSCHARSET: 'utf-8', ...Object.fromEntries(kept) };
}
