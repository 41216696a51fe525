import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { loadMended, type ValidateOptions } from '../validate.ts';
import { isMember, loadFleet } from './fleet.ts';
import { resultOf } from './outcome.ts';
import { fleetResult, tellFleet } from './tell-fleet.ts';

/** Checks many configurations, and the fragments among them, without the network. */
export async function validateFleet(options: ValidateOptions, shell: Shell): Promise<ExitCode> {
  const { fix } = options;
  const fleet = await loadFleet(options, shell, {
    // Several may extend one file, which is mended once.
    width: fix ? 1 : 4,
    load: (mine, own) => loadMended({ ...mine, ...(fix ? { fix } : {}) }, { ...own, note: shell.note }),
    read: async ({ problems }, { whose }) => {
      const ok = !problems.some(({ severity }) => severity === 'error');
      return resultOf(whose, ok ? 0 : 3, { problems });
    },
  });
  const organizations = fleet.flatMap((each) => (isMember(each) ? [] : [each]));
  return tellFleet(fleetResult('validate', organizations), { showAll: true }, shell);
}
