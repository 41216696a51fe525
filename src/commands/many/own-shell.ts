import type { Problem } from '../../model/problem.ts';
import type { Shell } from '../shell.ts';

/** How one of many organizations speaks: not at all. What it warns of is kept, and whether it wrote is its own. */
export interface OwnShell extends Shell {
  readonly warnings: readonly Problem[];
}

/** The shell of one organization among many, whose results are told together at the end. */
export function ownShell(shell: Shell): OwnShell {
  const warnings: Problem[] = [];
  let wrote = false;
  return {
    ...shell,
    quiet: true,
    say: () => {},
    show: async () => false,
    print: () => {},
    keepsText: false,
    sayJson: () => {},
    concerning: () => {},
    note: () => {},
    warn: (problems) => warnings.push(...problems),
    warnings,
    interrupt: {
      ...shell.interrupt,
      writing: () => {
        wrote = true;
        shell.interrupt.writing();
      },
      wrote: () => wrote,
    },
  };
}
