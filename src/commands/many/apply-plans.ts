import type { Plan } from '../../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import { fleetHeader } from '../../render/many/fleet-table.ts';
import { counted } from '../../render/summary-text.ts';
import type { ApplyOptions } from '../apply.ts';
import { letSettle } from '../carry-out.ts';
import type { ExitCode } from '../exit-code.ts';
import { recorderOfPlan } from '../recorder-for.ts';
import { openSavedPlan, type SavedPlan } from '../saved-plan.ts';
import type { Shell } from '../shell.ts';
import { applyInTurn, isTurn, type Ready, refusedResult, type Turn } from './apply-ready.ts';
import { atOnce } from './at-once.ts';
import { booksOf, twice } from './books.ts';
import { failed, haltOf, notStarted, resultOf, type Whereof } from './outcome.ts';
import { ownShell } from './own-shell.ts';
import { type Pool, withPool } from './pool.ts';
import { noRecordings, type Recordings } from './recorded-lines.ts';
import { partOf } from './shard.ts';
import { width } from './survey-fleet.ts';
import { tellApplied } from './tell-applied.ts';
import { fleetResult } from './tell-fleet.ts';

interface Opened {
  readonly path: string;
  readonly saved: SavedPlan;
}

/** Applies every saved plan of a folder, without asking. */
export async function applyPlans(
  files: readonly string[],
  options: ApplyOptions,
  shell: Shell,
): Promise<ExitCode> {
  if (options.changedSince !== undefined) throw decidedBefore();
  const opened = once(await atOnce(files, width, (file) => open(file, options, shell)));
  const mine = partOf(opened, options.shard ?? null);
  const recordings = noRecordings();
  return withPool(options, shell, async (pool) => {
    const prepared = await atOnce(mine, width, async (each): Promise<Turn | OrganizationResult> => {
      // What could not even be opened takes no part.
      if (!('saved' in each)) return each;
      const found = await prepare(each, options, pool, shell, recordings);
      // What has nothing to do and is not even looked at belongs to no wave.
      return isReady(found) || found.exit_code === 0 ? found : { settled: found };
    });
    shell.say(headerOf(prepared, shell));
    const organizations = await applyInTurn(prepared, options, pool, shell, recordings);
    const applying = { ...options, of: 'plan', told: new Set<OrganizationResult>() } as const;
    return tellApplied(fleetResult('apply', organizations), recordings, applying, shell);
  });
}

const decidedBefore = (): Stop =>
  new Stop(3, [
    errorProblem('OPTION_INVALID', 'Saved plans are applied as they are: --changed-since is not for them.', {
      hint: 'Give it to ledgerform plan --out.',
    }),
  ]);

async function open(file: string, options: ApplyOptions, shell: Shell): Promise<Opened | OrganizationResult> {
  const own = ownShell(shell);
  try {
    return { path: file, saved: await openSavedPlan(file, options, own) };
  } catch (thrown) {
    return failed({ path: file, organization: null, environment: null }, thrown, own);
  }
}

/** Of plans for the same books none is applied. */
function once(all: readonly (Opened | OrganizationResult)[]): readonly (Opened | OrganizationResult)[] {
  return all.map((each) => {
    if (!('saved' in each)) return each;
    const { organization, environment } = each.saved.plan;
    const whose = { path: each.path, organization, environment };
    const others = all.flatMap((other) =>
      'saved' in other && other !== each && booksOf({ ...whose, ...booksIn(other) }) === booksOf(whose)
        ? [other.path]
        : [],
    );
    return others.length === 0 ? each : resultOf(whose, 3, { problems: [twice(whose, others)] });
  });
}

const booksIn = ({ saved: { plan } }: Opened) => ({
  organization: plan.organization,
  environment: plan.environment,
});

async function prepare(
  { path, saved }: Opened,
  options: ApplyOptions,
  pool: Pool,
  shell: Shell,
  recordings: Recordings,
): Promise<Ready | OrganizationResult> {
  const { files, gitCommit, outdated, plan, production, root } = saved;
  const own = ownShell(shell);
  const whereof = { path, organization: plan.organization, environment: plan.environment };
  try {
    const halted = haltOf(shell, null);
    if (halted) return notStarted(whereof, halted, { plan, api_url: plan.api_url });
    const reached = await pool.reach(plan, root);
    if (outdated && isIdle(plan)) return passedOver(whereof, outdated, plan.api_url);
    if (outdated) return refusedResult(whereof, [outdated], reached, { plan, api_url: plan.api_url });
    const noting = { ...own, note: (text: string) => recordings.notes.push(text) };
    const recorder = options.record ? await recorderOfPlan(plan, root, files, options, noting) : null;
    await letSettle(root, options, reached.provider, own);
    const input = { plan, desired: null, production };
    const approved = { input, root, gitCommit, recorder };
    return { ...whereof, approved, reached, shell: own, warnings: [] };
  } catch (thrown) {
    return failed(whereof, thrown, own, { plan, api_url: plan.api_url });
  }
}

const isIdle = ({ changes, warnings }: Plan): boolean =>
  changes.length === 0 && !warnings.some(({ severity }) => severity === 'error');

/**
 * An outdated plan without changes is no reason to refuse: of changes that are merged at once each has such plans for the
 * organizations of the others. What its configuration says now has a plan of its own, so nothing is recorded.
 */
const passedOver = (whereof: Whereof, outdated: Problem, url: string): OrganizationResult =>
  resultOf(whereof, 0, {
    api_url: url,
    problems: [
      {
        ...outdated,
        severity: 'warning',
        message: `${outdated.message} The plan has no changes, so there was nothing to do, and nothing was recorded.`,
        hint: 'What has changed is for the plan that was made of it.',
      },
    ],
  });

/** Whose plans these are, and how much they change. */
function headerOf(prepared: readonly (Turn | OrganizationResult)[], { paint }: Shell): string {
  const all = prepared.map((each) => {
    if (!isTurn(each)) return each;
    if ('settled' in each) return each.settled;
    const { plan } = each.approved.input;
    return resultOf(each, 0, { plan, api_url: plan.api_url });
  });
  const changes = all.reduce((sum, { plan }) => sum + (plan?.changes.length ?? 0), 0);
  return `${fleetHeader(all, paint)}\n${counted(changes, 'change')} of ${counted(all.length, 'saved plan')}.\n`;
}

const isReady = (each: Ready | OrganizationResult): each is Ready => 'approved' in each;
