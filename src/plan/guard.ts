import type { Desired, Policy } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live, Use } from '../model/live.ts';
import type { Allowed, Change, ReferenceTarget } from '../model/plan.ts';
import { errorProblem, type Problem, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { refuseInUse } from './in-use.ts';
import { isByRule } from './places.ts';
import { suspectedRenames } from './renames.ts';
import { replaces } from './replaces.ts';
import { countText, listText } from './words.ts';

/** Everything that can forbid a plan, and everything that can allow it all the same. */
export interface GuardInput {
  /** A proposal, or a saved plan with `references` from its `observed` and nothing managed. */
  readonly proposal: {
    readonly changes: readonly Change[];
    readonly references: Readonly<Record<Address, ReferenceTarget>>;
    readonly managed: ReadonlyMap<string, Address>;
    /** By the keys of the base: what it protects stays protected, also under a key that has left the file. */
    readonly managedAtBase?: ReadonlyMap<string, Address>;
    readonly refusals?: readonly Problem[];
    readonly rules?: Readonly<Record<string, unknown>>;
  };
  /** Uses of what the changes delete, freshly read. */
  readonly uses: readonly Use[];
  /** With settings as soon as something is deleted that may not be in use. */
  readonly live: Live;
  readonly kinds: Kinds;
  readonly allowed: Allowed;
  /** Null for a saved plan: its policy was asked when it was made, and its refusals are in its warnings. */
  readonly desired: Desired | null;
  /** The file's own policy, where a stricter one of the base may hold in its place. */
  readonly own?: Policy;
  /** Not null when this is an apply to production. */
  readonly production: { readonly dirty: boolean } | null;
}

/** What forbids these changes, each with what to do about it. Empty means that they may be made. */
export function guard(input: GuardInput): readonly Problem[] {
  const { proposal, uses, live, allowed, kinds, desired, production } = input;
  const own = input.own ?? desired?.policy;
  return [
    ...(proposal.refusals ?? []),
    ...(desired ? refuseEmpty(desired) : []),
    ...(desired ? refuseProtected(input, desired.policy) : []),
    ...refuseInUse(proposal, uses, live, allowed, kinds),
    ...(desired ? refuseTooMany(proposal.changes, desired.policy, own ?? desired.policy, allowed) : []),
    ...(desired ? refuseOverwrites(proposal, desired.policy, own ?? desired.policy, allowed) : []),
    ...refuseDirty(production, allowed),
  ];
}

/** What to do where the file has loosened its policy already. */
const recordFirst = 'Apply and record the file with the new policy first.';

function refuseEmpty({ policy, entries, externals, settings }: Desired): readonly Problem[] {
  if (policy.prune !== 'all' || entries.length + externals.length + settings.length > 0) return [];
  const message = 'The file declares nothing, and `prune: all` would delete every internal object.';
  const hint = 'Check that this is the right file; to delete everything, name it under `removed`.';
  return [errorProblem('EMPTY_FILE', message, { hint })];
}

/**
 * Compares live ids: a protected object may be deleted under another address than the one that protects it. A key that
 * seems to have lost its object by a rename protects that object too.
 */
function refuseProtected({ own, proposal, kinds }: GuardInput, { protect }: Policy): readonly Problem[] {
  if (protect.length === 0) return [];
  const protectedAddresses = new Set(protect);
  const ids = new Map<string, Address>();
  for (const [id, address] of [...(proposal.managedAtBase ?? []), ...proposal.managed])
    if (protectedAddresses.has(address)) ids.set(id, address);
  const renames = new Map(kinds.collections.flatMap((kind) => [...suspectedRenames(kind, proposal.changes)]));
  const deletes = proposal.changes.filter(({ action }) => action === 'delete');
  return deletes.flatMap((change) => {
    const renamed = renames.get(change.address)?.address;
    const by = [change.address, ids.get(change.id ?? ''), renamed].find(
      (address) => address !== undefined && protectedAddresses.has(address),
    );
    if (by === undefined) return [];
    const message = `${change.label} would be deleted, but \`policy.protect\` names ${by}.`;
    const hint =
      own && !own.protect.includes(by)
        ? `Keep it declared: the base protects it. ${recordFirst}`
        : 'Keep it declared (after a rename with `was`), or take it out of `policy.protect`.';
    return [errorProblem('PROTECTED', message, { origin: change.source, address: change.address, hint })];
  });
}

function refuseTooMany(
  changes: readonly Change[],
  { maxDeletes }: Policy,
  own: Policy,
  allowed: Allowed,
): readonly Problem[] {
  const deletes = changes.filter(({ action }) => action === 'delete');
  const most = Math.max(maxDeletes, allowed.deletes ?? 0);
  if (deletes.length <= most) return [];
  const which = listText(
    deletes.map(({ label }) => label),
    5,
  );
  const message = `The plan deletes ${countText(deletes.length, { one: 'object', many: 'objects' })} (${which}); at most ${most} may go at once.`;
  const raise =
    own.maxDeletes > maxDeletes ? `the base allows no more. ${recordFirst}` : 'raise `policy.max_deletes`.';
  const hint = `If that is meant: --allow-deletes ${deletes.length}, or ${raise}`;
  return [errorProblem('TOO_MANY_DELETES', message, { hint })];
}

/**
 * Counts what rules replace: changes whose old value, of any field, is an object that exists. What this plan deletes
 * still exists until it does, so moving many away from it is counted too.
 */
function refuseOverwrites(
  { changes, references, rules = {} }: GuardInput['proposal'],
  { maxOverwrites }: Policy,
  own: Policy,
  allowed: Allowed,
): readonly Problem[] {
  const overwrites = changes.filter((change) => replaces(change, references) && isByRule(change, rules));
  const most = Math.max(maxOverwrites, allowed.overwrites ?? 0);
  if (overwrites.length <= most) return [];
  const which = listText(
    overwrites.map(({ label }) => label),
    5,
  );
  const message = `Rules replace ${countText(overwrites.length, { one: 'assignment', many: 'assignments' })} that exist already (${which}); at most ${most} may be replaced at once.`;
  const raise =
    own.maxOverwrites > maxOverwrites
      ? `the base allows no more. ${recordFirst}`
      : 'raise `policy.max_overwrites`.';
  const hint = `If that is meant: --allow-overwrites ${overwrites.length}, or ${raise}`;
  return [errorProblem('TOO_MANY_OVERWRITES', message, { hint })];
}

const dirtyMessage =
  'The configuration differs from the last commit, and production is changed from commits only.';
const dirtyHint = 'Commit it first, or pass --allow-dirty; for a saved plan, when it is made.';

function refuseDirty(production: GuardInput['production'], allowed: Allowed): readonly Problem[] {
  if (!production?.dirty || allowed.dirty) return [];
  return [errorProblem('DIRTY_CONFIGURATION', dirtyMessage, { hint: dirtyHint })];
}

/** Says of a plan what its apply would be refused for, when a plan may still be made of it. */
export function foretellDirty(
  { environment }: Desired,
  changes: readonly Change[],
  dirty: boolean,
  allowed: Allowed,
): readonly Problem[] {
  if (environment !== 'production' || !dirty || allowed.dirty || changes.length === 0) return [];
  return [warningProblem('DIRTY_CONFIGURATION', dirtyMessage, { hint: dirtyHint })];
}
