import type { LiveSettings } from '../../model/live.ts';
import type { Written } from '../contract.ts';
import type { Api } from './api.ts';
import { CallFailed } from './call-failed.ts';
import { kinds } from './kinds/index.gen.ts';
import { sendSettings } from './kinds/setting/api.ts';
import { accountingOf, accountingWith, storedSettings } from './settings.ts';
import { proving, written } from './written.ts';

/** Waits before a repetition; false when it is not worth one: what failed would fail again, or the time is over. */
export type Again = (failures: readonly CallFailed[]) => Promise<boolean>;

const subject = 'What the settings hold';
const slots = kinds.settings;

/**
 * Puts ids into the settings: reads them, and sends the complete `accounting` part. What is sent would undo what somebody
 * else set meanwhile, so a repetition reads again; where it finds that an earlier try was carried out, it sends nothing.
 */
export function writeSettings(api: Api, ids: LiveSettings, again: Again): Promise<Written<LiveSettings>> {
  return written(async () => {
    const failures: CallFailed[] = [];
    const mayBeDone = (): boolean => failures.some(({ certainty }) => certainty === 'lost');
    for (;;) {
      const before = await proving(mayBeDone() ? 'lost' : 'unsent', subject, () =>
        storedSettings(api, slots),
      );
      const last = failures.at(-1);
      if (last && mayBeDone() && holds(before.settings, ids))
        return { stored: before.settings, requestId: last.error.requestId };
      try {
        return await send(api, accountingWith(before, ids, slots));
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        failures.push(error);
        if (!(await again(failures))) throw mayBeDone() ? error.asLost() : error;
      }
    }
  });
}

const holds = (settings: LiveSettings, ids: LiveSettings): boolean =>
  Object.entries(ids).every(([address, id]) => (settings[address] ?? null) === id);

async function send(api: Api, accounting: ReturnType<typeof accountingWith>) {
  const { body, requestId } = await sendSettings(api, accounting);
  const complete = body !== null && 'accounting' in body;
  const after = await proving('lost', subject, async () =>
    complete ? accountingOf(body.accounting, slots) : storedSettings(api, slots),
  );
  return { stored: after.settings, requestId };
}
