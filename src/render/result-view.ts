import type { Kinds } from '../model/kind.ts';
import type { OrganizationResult } from '../model/result.ts';
import { printable } from './printable.ts';
import type { CodeFrame, LinesOf } from './problem-text.ts';

/** What is needed to draw a result. */
export interface ResultView {
  readonly kinds: Kinds;
  /** Ledgerform's. */
  readonly version: string;
  /** Where the log of the run can be read; null where nobody said. */
  readonly runUrl: string | null;
  /** Which of many organizations were asked for, in one word; null where nobody said. */
  readonly chosen: string | null;
  readonly linesOf: LinesOf;
  readonly frame: CodeFrame;
}

/** Whose result it is, on one line: the organization's name or id, or the configuration where that could not be read. */
export const whoseText = ({ organization, path }: OrganizationResult): string =>
  printable(organization === null ? path : (organization.name ?? organization.id));
