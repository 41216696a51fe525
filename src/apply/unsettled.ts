import type { Plan } from '../model/plan.ts';
import { type RecordedRun, runsSince } from './history.ts';

/*
 * Lists may lag behind writes. A run that ends converged has seen in the lists what it wrote. One that was killed, or that
 * could not prove what it did, may have made an object that no list shows yet: the next run would not find it and make
 * another. So a run that follows closely waits before it reads. Where the record is not at hand, on another machine, only
 * the time that passes by itself helps, and the end check, which names twins.
 */

/** A request may be carried out so long after its line in the record. */
const longestRequest = 30_000;

/** Whose lists are asked about. */
export type Whose = Pick<Plan, 'organization' | 'api_url'>;

/** Milliseconds until the lists have had `settleSeconds` to show what the recorded runs of this machine wrote; usually 0. */
export function unsettledFor(folder: string, whose: Whose, settleSeconds: number, now: Date): number {
  const settle = settleSeconds * 1000;
  const at = now.getTime();
  const waits = runsSince(folder, at - settle - longestRequest)
    .filter((run) => isOf(run, whose) && run.end?.converged !== true)
    .map(({ end, writtenAt }) => (end === null ? settle : settle - (at - writtenAt)));
  return Math.min(settle, Math.max(0, ...waits));
}

const isOf = ({ header }: RecordedRun, { organization, api_url }: Whose): boolean =>
  header !== null && header.organization.id === organization.id && header.api_url === api_url;
