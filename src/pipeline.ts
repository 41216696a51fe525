import type { Desired } from './model/desired.ts';
import type { Kinds } from './model/kind.ts';
import type { Live } from './model/live.ts';
import type { Allowed, Change, Plan } from './model/plan.ts';
import { type Problem, Stop } from './model/problem.ts';
import type { Address } from './model/value.ts';
import type { Notify } from './observe/each-payable.ts';
import { explainLookUps } from './observe/explain-look-ups.ts';
import { joinNeeds, needsOfAddress, needsOfDesired } from './observe/needs.ts';
import { observe } from './observe/observe.ts';
import { lookAgain, type SecondLook } from './observe/second-look.ts';
import type { Ids } from './observe/uses.ts';
import { explain } from './plan/explain.ts';
import type { Explanation } from './plan/explain-types.ts';
import { foretellDirty, guard } from './plan/guard.ts';
import { changesPayments, idsToCount, withImpact } from './plan/impact.ts';
import { idsToSearch, settingUses } from './plan/in-use.ts';
import { type Proposal, propose } from './plan/propose.ts';
import { concernsPushing, withConnections } from './plan/pushing.ts';
import { onlyRepairs } from './plan/repairs.ts';
import { seal } from './plan/seal.ts';
import { policyHeld, underBothPolicies } from './plan/stricter.ts';
import { limit, narrow } from './plan/target.ts';
import type { AccountingSystem } from './providers/accounting-contract.ts';
import type { Provider } from './providers/contract.ts';

export interface Context {
  readonly provider: Provider;
  /** Where what was pushed can be counted. */
  readonly accounting?: Pick<AccountingSystem, 'records'>;
  readonly now: () => Date;
  /** Ledgerform's own version. */
  readonly version: string;
  /** Told what reading lines of payables will cost, before it starts, and how far it is. */
  readonly notify?: Notify;
}

/** The file as it was at a revision. */
export interface Base {
  /** The full id of the commit. */
  readonly commit: string;
  readonly desired: Desired;
}

export interface SurveyOptions {
  /** Empty: everything. */
  readonly target: readonly Address[];
  readonly allowed: Allowed;
  readonly configuration: { path: string; sha256: string; git_commit: string | null; dirty: boolean };
  /** What was last applied; null where nobody knows. */
  readonly base: Base | null;
  /** What else is to be said in the plan. */
  readonly notes: readonly Problem[];
  /** `drift`: only what undoes what somebody else did. */
  readonly only?: 'drift';
  /** Given when an apply to production follows. */
  readonly production?: { readonly dirty: boolean } | null;
  /** Count everything that uses what changes, whatever that takes to read. */
  readonly impact?: boolean;
  /** False where nothing is going to be written to the service: whether an accounting system is connected does not matter then. */
  readonly connections?: boolean;
}

export interface Survey {
  readonly proposal: Proposal;
  readonly plan: Plan;
  readonly live: Live;
  /** Changes that `only` has left out of the plan. */
  readonly others: readonly Change[];
  /** A guard refuses the plan: it is printed whole and must not be applied. */
  readonly refused: boolean;
}

/** Looks at all sides and says what differs; reads only. Stops (exit 3) at what the file means and the live state lacks. */
export async function survey(file: Desired, options: SurveyOptions, context: Context): Promise<Survey> {
  const { provider } = context;
  const at = context.now();
  const compared = await compare(file, options, context);
  const { desired, limited } = compared;
  const seen = await lookAtChanges(compared, options, context);
  const { live, uses } = seen;
  const { allowed, production = null } = options;
  const { kinds } = provider;
  const proposal = withWhatWasSeen(compared.proposal, seen, kinds);
  const refusals = guard({ proposal, uses, live, kinds, allowed, desired, own: file.policy, production });
  const plan = seal(withWarnings(file, desired, proposal, options), {
    account: provider.account,
    version: context.version,
    configuration: options.configuration,
    base: options.base?.commit ?? null,
    allowed,
    targets: options.target,
    refusals,
    at,
    requests: provider.traffic().requests,
  });
  const kept = new Set(proposal.changes.map(({ address }) => address));
  const others = limited.changes.filter(({ address }) => !kept.has(address));
  return { proposal, plan, live, others, refused: refusals.length > 0 };
}

interface Compared {
  /** The file under both policies. */
  readonly desired: Desired;
  readonly live: Live;
  /** All that concerns the targets. */
  readonly limited: Proposal;
  /** What of it is wanted. */
  readonly proposal: Proposal;
}

async function compare(
  file: Desired,
  { base, only, target }: SurveyOptions,
  { notify, provider }: Context,
): Promise<Compared> {
  const { kinds } = provider;
  const desired = underBothPolicies(file, base?.desired ?? null);
  const part = narrow(desired, target, kinds);
  const live = await observe(needsOfDesired(part, kinds), provider, notify);
  const whole = propose(part, live, kinds, base && narrow(base.desired, target, kinds));
  if (whole.problems.length > 0) throw new Stop(3, await explainLookUps(whole.problems, provider));
  const limited = limit(whole, target, desired, live, kinds);
  return { desired, live, limited, proposal: only === 'drift' ? onlyRepairs(limited, live, kinds) : limited };
}

/** Where an apply to production follows, the guard refuses what a plan alone only foretells. */
function withWarnings(
  file: Desired,
  desired: Desired,
  proposal: Proposal,
  { allowed, base, configuration, notes, production }: SurveyOptions,
): Proposal {
  const foretold = production ? [] : foretellDirty(desired, proposal.changes, configuration.dirty, allowed);
  const besides = [...notes, ...policyHeld(file, base?.desired ?? null)];
  return { ...proposal, warnings: [...besides, ...proposal.warnings, ...foretold] };
}

/** Says where everything at one address comes from; reads what that takes and no more. Null where nothing has the address. */
export async function explainAddress(
  desired: Desired,
  address: Address,
  { provider, notify }: Context,
): Promise<Explanation | null> {
  const { kinds } = provider;
  const part = narrow(desired, [address], kinds);
  const needs = joinNeeds(needsOfDesired(part, kinds), needsOfAddress(address, kinds));
  const explanation = explain(part, await observe(needs, provider, notify), kinds, address);
  if (!explanation) return null;
  return { ...explanation, problems: await explainLookUps(explanation.problems, provider) };
}

/** What is deleted needs a second look at everything that may use it, and what matters for pushing one at the connections. */
function lookAtChanges(
  { live, proposal: { changes } }: Compared,
  { allowed, connections = true, impact = false }: SurveyOptions,
  context: Context,
): Promise<SecondLook> {
  const { kinds } = context.provider;
  const deleted = idsToSearch(changes, allowed, kinds);
  const changed = idsToCount(changes, kinds);
  const wanted = {
    searched: impact ? together(deleted, changed) : deleted,
    besides: changed,
    connections: connections && concernsPushing(changes),
    pushedPayments: impact && changesPayments(changes),
  };
  return lookAgain(wanted, live, context);
}

function together(some: Ids, others: Ids): Ids {
  const collections = new Set([...some.keys(), ...others.keys()]);
  return new Map(
    [...collections].map((each) => [each, new Set([...(some.get(each) ?? []), ...(others.get(each) ?? [])])]),
  );
}

function withWhatWasSeen(proposal: Proposal, seen: SecondLook, kinds: Kinds): Proposal {
  const { connections, covered, live, pushedPayments } = seen;
  const uses = [...seen.uses, ...(live.settings ? settingUses(live.settings, kinds) : [])];
  return withConnections(withImpact(proposal, { uses, covered, pushedPayments }, kinds), connections);
}
