import type { Reference } from '../model/desired.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { sameValue } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import { findLive } from './live-index.ts';
import { lookUpInPlace, type Where } from './look-up.ts';
import { identityText, objectText } from './words.ts';

/** What a reference comes to. */
export interface Resolved {
  /** The address that plans use for what is meant: two addresses of one object cannot differ. */
  readonly after: Address | null;
  /** There is a problem, here or where the reference is declared. */
  readonly unclear: boolean;
  readonly problems: readonly Problem[];
}

/** Finds what a setting or an assignment points to; the next run must find the same. */
export function resolveReference(reference: Reference | null, part: CollectionPart, where: Where): Resolved {
  if (reference === null) return { after: null, unclear: false, problems: [] };
  if (reference.type === 'key') return resolveKey(reference.address, part);
  const { object, problems } = lookUpInPlace(part.live, reference.identity, where);
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
  return { after: null, unclear: true, problems: [errorProblem(future, message, { ...where, hint })] };
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
