import type { Desired, DesiredSetting, Reference } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { sameValue } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import { diffSetting } from './diff-setting.ts';
import { findLive } from './live-index.ts';
import { lookUpInPlace } from './look-up.ts';
import { identityText, objectText } from './words.ts';

export interface ComparedSettings {
  readonly changes: readonly Change[];
  readonly unchanged: readonly Address[];
  readonly problems: readonly Problem[];
  /** Addresses of ids that settings hold and that nothing was found for, to the ids. */
  readonly dangling: ReadonlyMap<Address, string>;
}

/** Compares the settings that the file states with what is live. */
export function compareSettings(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
): ComparedSettings {
  const changes: Change[] = [];
  const unchanged: Address[] = [];
  const problems: Problem[] = [];
  const dangling = new Map<Address, string>();
  for (const setting of desired.settings) {
    const slot = kinds.settings.find(({ address }) => address === setting.address);
    const part = slot && parts.get(slot.collection);
    const read = slot && live.collections.get(slot.collection)?.scope === 'all';
    if (!slot || !part || !read || !live.settings) throw new Error(`${setting.address} was not read`);
    const wanted = resolve(setting, part);
    problems.push(...wanted.problems);
    if (wanted.unclear) continue;
    const id = live.settings[slot.address] ?? null;
    const before = id === null ? null : part.addressOf(id);
    if (before !== null && id !== null && !part.live.byId.has(id)) dangling.set(before, id);
    if (before === wanted.after) unchanged.push(slot.address);
    else {
      const states = { before, after: wanted.after, organizationId: desired.organization.id };
      changes.push(diffSetting(slot, part.live.kind, setting, states));
    }
  }
  return { changes, unchanged, problems, dangling };
}

interface Resolved {
  /** The address that plans use for what is meant: two addresses of one object cannot differ. */
  readonly after: Address | null;
  /** There is a problem, here or where the reference is declared. */
  readonly unclear: boolean;
  readonly problems: readonly Problem[];
}

function resolve({ reference, origin, address }: DesiredSetting, part: CollectionPart): Resolved {
  if (reference === null) return { after: null, unclear: false, problems: [] };
  if (reference.type === 'key') return resolveKey(reference.address, part);
  const { object, problems } = lookUpInPlace(part.live, reference.identity, { origin, address });
  if (!object)
    return {
      after: null,
      unclear: true,
      problems: problems.map((each) => pointToKey(each, reference, part)),
    };
  const future = forecast(reference, part, object.id);
  if (future === null) return { after: part.addressOf(object.id), unclear: false, problems };
  const what = identityText(part.live.kind, reference.identity);
  const message = `${objectText(part.live.kind, object)} is the only one with ${what} now, but after this plan ${future === 'LOOKUP_NONE' ? 'none' : 'several'} would have it.`;
  const hint = 'Write a key, or the id, instead of a look-up that the next run could not follow.';
  return { after: null, unclear: true, problems: [errorProblem(future, message, { origin, address, hint })] };
}

function resolveKey(target: Address, part: CollectionPart): Resolved {
  const external = part.externals.get(target);
  if (external) return { after: part.addressOf(external.id), unclear: false, problems: [] };
  const unclear = target.startsWith('external.') || part.identified.unclear.has(target);
  return { after: target, unclear, problems: [] };
}

/** A look-up sees live objects only: what the file itself declares is meant by its key. */
function pointToKey(
  problem: Problem,
  { identity }: Extract<Reference, { type: 'lookup' }>,
  part: CollectionPart,
): Problem {
  if (problem.code !== 'LOOKUP_NONE' || 'id' in identity) return problem;
  const creating = part.changes.find(({ after }) => after && states(part, after, identity));
  return creating
    ? { ...problem, hint: `${creating.address} will have it: write its key, ${keyOf(creating.address)}.` }
    : problem;
}

/** Whether the next run would find the same object. One that is deleted is the guard's concern. */
function forecast(
  { identity }: Extract<Reference, { type: 'lookup' }>,
  part: CollectionPart,
  id: string,
): 'LOOKUP_NONE' | 'LOOKUP_SEVERAL' | null {
  const found = findLive(part.after, identity);
  if (found.some((object) => object.id !== id)) return 'LOOKUP_SEVERAL';
  return found.length === 0 && part.after.byId.has(id) ? 'LOOKUP_NONE' : null;
}

function states(
  part: CollectionPart,
  after: NonNullable<Change['after']>,
  identity: { code: string } | { name: string },
): boolean {
  const { kind } = part.live;
  const [field, text] = 'code' in identity ? [kind.identity, identity.code] : ['name', identity.name];
  const known = kind.fields[field];
  return known !== undefined && sameValue(known, after[field] ?? null, text);
}

function keyOf(address: Address): string {
  return address.slice(address.indexOf('.') + 1);
}
