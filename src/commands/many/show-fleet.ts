import { counted, numberText } from '../../render/summary-text.ts';
import { startPace } from '../pace.ts';
import { showTitle } from '../progress.ts';
import type { Shell } from '../shell.ts';
import type { Pool } from './pool.ts';

/** Does work on many organizations and shows on stderr how many of them are done: the work says so each time. */
export function showFleet<T>(
  shell: Shell,
  what: string,
  total: number,
  pool: Pool,
  work: (tick: () => void) => Promise<T>,
): Promise<T> {
  let done = 0;
  const pace = startPace(shell.edge.now);
  const title = () => {
    const stopping = shell.interrupt.stop.aborted ? ' · stopping' : '';
    const of = `${numberText(done)} of ${counted(total, 'organization')}`;
    return `${what} · ${of} · ${counted(pool.traffic().requests, 'request')}${pace(done, total)}${stopping}`;
  };
  return showTitle(shell, title, () =>
    work(() => {
      done += 1;
    }),
  );
}
