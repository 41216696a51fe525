import { backoff } from './backoff.ts';
import type { CallFailed } from './call-failed.ts';
import type { Clock } from './clock.ts';
import type { Patience } from './patience.ts';
import { isPassing, mostFaults, mostThrottled } from './send.ts';
import type { Again } from './write-settings.ts';

interface AgainParts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly patience: Patience;
}

/** The pauses and bounds of `send`, for a call that only its maker can repeat. */
export function createAgain({ clock, random, patience }: AgainParts): Again {
  return async (failures) => {
    const [last] = failures.slice(-1);
    if (!last || last.error.endsRun || !(isThrottled(last) || passes(last))) return false;
    const throttled = failures.filter(isThrottled).length;
    const faults = failures.length - throttled;
    if (throttled >= mostThrottled || faults >= mostFaults) return false;
    // A throttled call has stopped the whole queue, and waits there.
    const pause = isThrottled(last) ? 0 : backoff(faults, last.retryAfter, { clock, random });
    if (pause >= patience.remaining()) return false;
    await patience.wait(pause);
    return true;
  };
}

const isThrottled = ({ error }: CallFailed): boolean => error.status === 429;

/** No answer, or one that may be another the next time. An answer that cannot be understood stays so. */
const passes = ({ error }: CallFailed): boolean =>
  error.status === null ? error.problem.code === 'API_UNREACHABLE' : isPassing(error.status);
