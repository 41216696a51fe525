import { fit } from '../render/terminal/fit.ts';
import type { Interrupt } from './interrupt.ts';
import type { PagerWanted } from './pager-choice.ts';
import type { Person } from './person.ts';
import type { ProcessEdge } from './process-edge.ts';
import { roomIn } from './room.ts';

/** Gives long texts to a pager, from whatever was told before on the same screen. */
export interface Reader {
  /** This is on the screen already, and belongs to what is read next: whose books, and what was warned of. */
  readonly told: (text: string) => void;
  /** Has a text read, where that is right; false where it is to be written like any other. */
  readonly read: (text: string) => Promise<boolean>;
}

/** The reader of one run. */
export function openReader(
  edge: ProcessEdge,
  allowed: boolean,
  interrupt: Interrupt,
  person: Person,
): Reader {
  const { stdout, variables } = edge;
  let before = '';
  // Standard input is opened only where the rest is given: opening it keeps a process alive.
  const isAllowed = allowed && stdout.isTTY === true;
  return {
    told: (text) => {
      if (isAllowed) before += text;
    },
    read: async (text) => {
      if (!isAllowed || interrupt.stop.aborted) return false;
      const { pagerFor } = await import('./pager-choice.ts');
      const room = roomIn(stdout, variables);
      const whole = fit(before + text, room.columns);
      const pager = pagerFor(whole, room, wantedIn(edge));
      if (pager === null) return false;
      const { page } = await import('./page.ts');
      const isShown = await person.attend(() =>
        interrupt.lend(() => page(whole, pager, variables, interrupt.stop)),
      );
      if (isShown) before = '';
      return isShown;
    },
  };
}

const wantedIn = ({ stdin, stdout, variables }: ProcessEdge): PagerWanted => ({
  allowed: true,
  stdin: stdin.isTTY === true,
  stdout: stdout.isTTY === true,
  variables,
  platform: process.platform,
});
