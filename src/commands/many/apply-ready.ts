import { refusedReport } from '../../apply/report.ts';
import { type Problem, Stop } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import { type Approved, carryOut, type WritingOptions } from '../carry-out.ts';
import type { Shell } from '../shell.ts';
import { atOnce } from './at-once.ts';
import { failed, type Halt, haltOf, notStarted, resultOf, type Whereof } from './outcome.ts';
import type { OwnShell } from './own-shell.ts';
import type { Pool, Reached } from './pool.ts';
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

/**
 * Applies every approved plan, some at once, and answers what each came to. In waves nothing more is started once an
 * organization of a wave has failed; those that have nothing to change belong to no wave.
 */
export function applyReady(
  all: readonly Ready[],
  options: InWaves,
  pool: Pool,
  shell: Shell,
): Promise<ReadonlyMap<Ready, OrganizationResult>> {
  const results = new Map<Ready, OrganizationResult>();
  const idle = all.filter(({ approved }) => approved.input.plan.changes.length === 0);
  const busy = all.filter((each) => !idle.includes(each));
  const waves = inWaves(busy, options.waves ?? null);
  return showFleet(shell, 'Applying', all.length, pool, async (tick) => {
    let halt: Halt | null = null;
    const inTurn = idle.length === 0 ? waves : [idle, ...waves];
    for (const wave of inTurn) {
      const done = await atOnce(wave, width, async (each) => {
        const result = await applyOne(each, halt, options, shell);
        tick();
        return result;
      });
      for (const [at, each] of wave.entries()) {
        const result = done[at];
        if (result) results.set(each, result);
      }
      if (options.waves && wave !== idle) halt ??= afterWave(done);
    }
    return results;
  });
}

function afterWave(done: readonly OrganizationResult[]): Halt | null {
  const first = done.find(({ exit_code }) => exit_code !== 0);
  if (!first) return null;
  const { exit_code: code, path } = first;
  return { because: `${path} failed in an earlier wave.`, exitCode: code === 5 ? 1 : code };
}

async function applyOne(
  { approved, reached, shell: own, warnings, ...whereof }: Ready,
  halted: Halt | null,
  options: WritingOptions,
  shell: Shell,
): Promise<OrganizationResult> {
  const { plan } = approved.input;
  const place = { api_url: plan.api_url, plan };
  const halt = halted ?? haltOf(shell, reached.ended());
  if (halt) return notStarted(whereof, halt, place);
  try {
    const { exitCode, recorded, report } = await carryOut(approved, options, reached.provider, own);
    if (recorded !== null) shell.log(recorded.trim());
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
