import { refusedReport } from '../../apply/report.ts';
import { type Problem, Stop } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import { type Approved, carryOutApproved, type WritingOptions } from '../carry-out.ts';
import type { Shell } from '../shell.ts';
import { atOnce } from './at-once.ts';
import { failed, type Halt, haltOf, notStarted, resultOf, type Whereof } from './outcome.ts';
import type { OwnShell } from './own-shell.ts';
import type { Pool, Reached } from './pool.ts';
import type { Recordings } from './recorded-lines.ts';
import { showFleet } from './show-fleet.ts';
import { width } from './survey-fleet.ts';
import { inWaves, type Wave } from './waves.ts';

/** An organization whose plan is approved. */
export interface Ready extends Whereof {
  readonly approved: Approved;
  readonly reached: Reached;
  readonly shell: OwnShell;
  /** What loading its configuration warned of. */
  readonly warnings: readonly Problem[];
}

export interface InWaves extends WritingOptions {
  readonly waves?: readonly Wave[];
}

/** An organization that takes part and whose end is known before its turn: its plan is refused, or could not be made. */
export interface Settled {
  readonly settled: OrganizationResult;
}

/** One that waits for its turn. */
export type Turn = Ready | Settled;

/** Whether an organization takes part; of one that does not there is only its result. */
export const isTurn = (each: Turn | OrganizationResult): each is Turn =>
  'approved' in each || 'settled' in each;

/**
 * Applies every approved plan, some at once, and answers in their order what each came to. In waves nothing more is started once an
 * organization of a wave has failed, also where that was before its turn; those that have nothing to change belong to
 * no wave.
 */
export function applyInTurn(
  all: readonly (Turn | OrganizationResult)[],
  options: InWaves,
  pool: Pool,
  shell: Shell,
  recordings: Recordings,
): Promise<readonly OrganizationResult[]> {
  const results = new Map<Turn, OrganizationResult>();
  const line = all.filter(isTurn);
  const idle = line.filter((each) => 'approved' in each && each.approved.input.plan.changes.length === 0);
  const busy = line.filter((each) => !idle.includes(each));
  const waves = inWaves(busy, options.waves ?? null);
  const count = line.filter((each) => 'approved' in each).length;
  return showFleet(shell, 'Applying', count, pool, async (tick) => {
    let halt: Halt | null = null;
    const inTurn = idle.length === 0 ? waves : [idle, ...waves];
    for (const wave of inTurn) {
      const done = await atOnce(wave, width, async (each) => {
        if ('settled' in each) return each.settled;
        const result = await applyOne(each, halt, options, shell, recordings);
        tick();
        return result;
      });
      for (const [at, each] of wave.entries()) {
        const result = done[at];
        if (result) results.set(each, result);
      }
      if (options.waves && wave !== idle) halt ??= afterWave(done);
    }
    return all.flatMap((each) => (isTurn(each) ? (results.get(each) ?? []) : [each]));
  });
}

function afterWave(done: readonly OrganizationResult[]): Halt | null {
  const first = done.find(({ exit_code }) => exit_code !== 0);
  if (!first) return null;
  const { exit_code: code, path } = first;
  const what = code === 4 ? 'was refused' : 'failed';
  // Nothing is wrong with those that it keeps from starting.
  return { because: `${path} ${what} in an earlier wave.`, exitCode: 1 };
}

async function applyOne(
  { approved, reached, shell: own, warnings, ...whereof }: Ready,
  halted: Halt | null,
  options: WritingOptions,
  shell: Shell,
  recordings: Recordings,
): Promise<OrganizationResult> {
  const { plan } = approved.input;
  const place = { api_url: plan.api_url, plan };
  const halt = haltOf(shell, reached.ended()) ?? halted;
  if (halt) return notStarted(whereof, halt, place);
  try {
    const { exitCode, recorded, report } = await carryOutApproved(approved, options, reached.provider, own);
    if (recorded !== null) recordings.recorded.push(recorded);
    return resultOf(whereof, exitCode, { ...place, apply: report, problems: warnings });
  } catch (thrown) {
    if (thrown instanceof Stop && thrown.exitCode === 4)
      return refusedResult(whereof, thrown.problems, reached, place);
    return failed(whereof, thrown, own, place);
  }
}

/** The result of an organization whose plan may not be applied, and why. */
export const refusedResult = (
  whereof: Whereof,
  reasons: readonly Problem[],
  { provider }: Pick<Reached, 'provider'>,
  { plan, api_url }: Pick<OrganizationResult, 'api_url'> & { readonly plan: Approved['input']['plan'] },
): OrganizationResult =>
  resultOf(whereof, 4, { api_url, plan, apply: refusedReport(plan, reasons, provider.traffic().requests) });
