import type { Desired, Policy } from '../model/desired.ts';
import { type Problem, warningProblem } from '../model/problem.ts';

/** From the strictest. */
const prunes: readonly Policy['prune'][] = ['never', 'removed', 'all'];

/** The file under the stricter of its own policy and the base's: who loosens a policy cannot use that in the same step. */
export function underBothPolicies(desired: Desired, base: Desired | null): Desired {
  if (!base) return desired;
  return { ...desired, policy: stricter(desired.policy, base.policy) };
}

function stricter(a: Policy, b: Policy): Policy {
  return {
    prune: prunes[Math.min(prunes.indexOf(a.prune), prunes.indexOf(b.prune))] ?? 'never',
    maxDeletes: Math.min(a.maxDeletes, b.maxDeletes),
    maxOverwrites: Math.min(a.maxOverwrites, b.maxOverwrites),
    protect: [...new Set([...a.protect, ...b.protect])],
  };
}

/** Says where the base's policy is the stricter one. */
export function policyHeld({ policy: own }: Desired, base: Desired | null): readonly Problem[] {
  if (!base) return [];
  const held = stricter(own, base.policy);
  const more = held.protect.filter((address) => !own.protect.includes(address));
  const parts = [
    ...(held.prune === own.prune ? [] : [`prune: ${held.prune}`]),
    ...(held.maxDeletes === own.maxDeletes ? [] : [`max_deletes: ${held.maxDeletes}`]),
    ...(held.maxOverwrites === own.maxOverwrites ? [] : [`max_overwrites: ${held.maxOverwrites}`]),
    ...(more.length === 0 ? [] : [`protect: [${more.join(', ')}]`]),
  ];
  if (parts.length === 0) return [];
  const message = `The policy at the base is the stricter one and still holds: ${parts.join(', ')}.`;
  const hint =
    held.prune === own.prune
      ? 'The file’s own policy holds once it is the base: apply and record it first.'
      : 'The file’s own policy holds once it is the base. What leaves the file until then stays live: name it under `removed`.';
  return [warningProblem('POLICY_STRICTER', message, { hint })];
}
