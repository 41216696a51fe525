import type { Desired, DesiredSetting, Reference } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { sameValue } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import { diffSetting } from './diff-setting.ts';
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
    if (!slot || !part || !live.settings) throw new Error(`${setting.address} was not read`);
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
  const lost = losesIdentity(reference, part, object.id);
  if (!lost) return { after: part.addressOf(object.id), unclear: false, problems };
  const message = `This plan gives ${objectText(part.live.kind, object)} another ${identityText(part.live.kind, reference.identity).split(':')[0]}, so the look-up would find nothing the next time.`;
  const hint = `Write the key instead: ${keyOf(part.addressOf(object.id))}.`;
  return {
    after: null,
    unclear: true,
    problems: [errorProblem('LOOKUP_NONE', message, { origin, address, hint })],
  };
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

function losesIdentity(
  { identity }: Extract<Reference, { type: 'lookup' }>,
  part: CollectionPart,
  id: string,
): boolean {
  if ('id' in identity) return false;
  const change = part.changes.find((each) => each.id === id && each.action === 'update');
  const field = 'code' in identity ? part.live.kind.identity : 'name';
  return change?.after?.[field] !== undefined && !states(part, change.after, identity);
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
