import { codeFrame } from '../load/code-frame.ts';
import type { Address } from '../model/value.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import type { Paint } from '../render/paint.ts';
import type { PlanView } from '../render/plan-text.ts';
import type { Shell } from './shell.ts';

/** What of a plan is shown, and at which pace an apply of it would run. */
export interface Shown {
  readonly showAll?: true;
  readonly unchanged?: readonly Address[];
  readonly limitPerSecond: number | null;
}

/** How this run shows plans. */
export const planView = (shell: Shell, shown: Shown, paint: Paint): PlanView => ({
  kinds,
  paint,
  showAll: shown.showAll === true,
  unchanged: shown.unchanged ?? [],
  limitPerSecond: shown.limitPerSecond,
  linesOf: shell.linesOf,
  frame: codeFrame,
});
