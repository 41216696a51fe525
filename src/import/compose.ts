import { keysAt } from '../load/check-shape.gen.js';
import type { Kinds } from '../model/kind.ts';
import type { Live, LiveObject } from '../model/live.ts';
import { type Address, externalAddress, keyedAddress, unkeyedAddress } from '../model/value.ts';
import { comparePoints } from '../plan/compare-points.ts';
import { indexLive, type LiveIndex } from '../plan/live-index.ts';
import { fieldText, labelOf } from '../plan/words.ts';
import { type AllReferences, assignedPart, nothing } from './assigned-part.ts';
import type { Covered } from './covered.ts';
import { externalPart } from './external-part.ts';
import { internalPart } from './internal-part.ts';
import { keysFor } from './keys.ts';
import type { Skippable } from './needs.ts';
import type { Composed, LeftOut, Part } from './part.ts';
import { type References, refer } from './references.ts';
import { type Ruled, ruleParts } from './rule-parts.ts';
import { lineThings, productThings, type Thing } from './thing.ts';

/** How what is live is to be said. */
export interface Manner {
  /** External objects that nothing refers to are declared too. */
  readonly allExternal: boolean;
  /** Rules take the place of many entries. */
  readonly rules: boolean;
  /** Parts that are not said, read or not. */
  readonly skip: ReadonlySet<Skippable>;
}

/** What composing starts from. */
export interface ImportFacts {
  readonly live: Live;
  readonly kinds: Kinds;
  readonly manner: Manner;
  /** What a file says already. */
  readonly covered: Covered;
  /** Parts that could not be written after all, and why: by address. */
  readonly excluded: ReadonlyMap<Address, string>;
}

/**
 * Says what is live in parts of a configuration: what no file covers yet. The same live state gives the same parts in whatever order
 * it was read.
 */
export function compose(facts: ImportFacts): Composed {
  const { kinds } = facts;
  const all: AllReferences = new Map(
    kinds.collections.map((kind) => [kind.collection, referencesIn(kind.collection, facts)]),
  );
  const settings = settingParts(facts, all);
  const { skip } = facts.manner;
  const things = [
    skip.has('products') ? [] : productThings(facts.live, kinds),
    skip.has('line_items') ? [] : lineThings(facts.live, kinds),
  ];
  const assigned = things.map((each) => assignmentParts(each, facts, all));
  const internal = [...all.values()].sort(bySection).map((references) => internalParts(references, facts));
  // What is said above decides which external objects are needed.
  const external = [...all.values()].map((references) => externalParts(references, facts));
  const composed = [...internal, ...external, settings, ...assigned];
  return {
    parts: composed.flatMap(({ parts }) => parts),
    leftOut: composed.flatMap(({ leftOut }) => leftOut),
  };
}

/** Sections stand in the order of the language. */
const bySection = ({ kind: a }: References, { kind: b }: References): number =>
  sections.indexOf(a.collection) - sections.indexOf(b.collection);

const sections: readonly string[] = keysAt['#/additionalProperties'] ?? [];

function referencesIn(collection: string, { covered, excluded, kinds, live }: ImportFacts): References {
  const kind = kinds.collections.find((each) => each.collection === collection);
  if (!kind) throw new Error(`no collection ${collection}`);
  const index = indexLive(kind, live.collections.get(collection)?.objects ?? []);
  const { keyOf: known, taken } = covered.names.get(collection) ?? { keyOf: new Map(), taken: new Set() };
  const missing = [...index.byId.values()].filter(({ id }) => !known.has(id) && !covered.objects.has(id));
  const internal = keysFor(
    kind,
    missing.filter(({ external }) => !external),
    taken,
  );
  const external = keysFor(
    kind,
    missing.filter((object) => object.external),
    new Set([...taken, ...internal.values()]),
  );
  const keyOf = new Map<string, string>([...internal, ...external, ...known]);
  const undeclared = missing.filter((object) => excluded.has(addressOf(collection, object, keyOf)));
  return { kind, index, keyOf, undeclared: new Set(undeclared.map(({ id }) => id)), used: new Set() };
}

const addressOf = (
  collection: string,
  { external, id }: LiveObject,
  keyOf: ReadonlyMap<string, string>,
): Address => (external ? externalAddress : keyedAddress)(collection, keyOf.get(id) ?? id);

/** Entries for internal objects that no key of the file finds and that it does not want gone. */
function internalParts(references: References, { covered, excluded }: ImportFacts): Composed {
  const { index, keyOf, kind } = references;
  const parts: Part[] = [];
  const leftOut: LeftOut[] = [];
  for (const object of byCode(index)) {
    if (object.external || covered.objects.has(object.id)) continue;
    const { leftOut: fields, part } = internalPart(index, object, keyOf.get(object.id) ?? object.id);
    const why = excluded.get(part.address);
    if (why === undefined) {
      parts.push(part);
      leftOut.push(...fields);
    } else leftOut.push({ ...gone(kind.collection, object.id, index, object), why });
  }
  return { parts, leftOut };
}

function externalParts(references: References, { covered, excluded, manner }: ImportFacts): Composed {
  const { index, keyOf, kind, undeclared, used } = references;
  const parts: Part[] = [];
  const leftOut: LeftOut[] = [];
  for (const object of byCode(index)) {
    const wanted = manner.allExternal || used.has(object.id);
    if (!object.external || !wanted || covered.objects.has(object.id)) continue;
    const part = externalPart(index, object, keyOf.get(object.id) ?? object.id);
    if (undeclared.has(object.id))
      leftOut.push({
        ...gone(kind.collection, object.id, index, object),
        why: excluded.get(part.address) ?? '',
      });
    else parts.push(part);
  }
  return { parts, leftOut };
}

const gone = (collection: string, id: string, { kind }: LiveIndex, { fields }: LiveObject) => ({
  address: unkeyedAddress(collection, id),
  label: labelOf(kind, fields, id),
});

/** As a chart of accounts is read: by code, then those that have none by name. */
function byCode({ byId, kind }: LiveIndex): readonly LiveObject[] {
  const textOf = ({ fields }: LiveObject, field: string): string =>
    fieldText(kind, fields, field) ?? '\uffff';
  return [...byId.values()].sort(
    (a, b) =>
      comparePoints(textOf(a, kind.identity), textOf(b, kind.identity)) ||
      comparePoints(textOf(a, 'name'), textOf(b, 'name')) ||
      comparePoints(a.id, b.id),
  );
}

function settingParts({ covered, excluded, kinds, live, manner }: ImportFacts, all: AllReferences): Composed {
  const parts: Part[] = [];
  const leftOut: LeftOut[] = [];
  for (const { address, collection } of manner.skip.has('settings') ? [] : kinds.settings) {
    const id = live.settings?.[address] ?? null;
    const references = all.get(collection);
    if (id === null || !references || covered.settings.has(address)) continue;
    const [section = '', group = '', key = ''] = address.split('.');
    const part = { address, label: `${key} ${references.kind.noun.one}`, path: [section, group], key };
    const why = excluded.get(address);
    const value = why === undefined ? refer(references, id) : null;
    if (value === null)
      leftOut.push({ address, label: part.label, why: why ?? nothing(references.kind, id) });
    else parts.push({ ...part, value, remark: null, notes: [] });
  }
  return { parts, leftOut };
}

function assignmentParts(things: readonly Thing[], facts: ImportFacts, all: AllReferences): Composed {
  const { covered, excluded, manner } = facts;
  const standing = (thing: Thing): string => covered.things.get(thing.address) ?? 'free';
  const own = things.filter((thing) => ['free', 'exception'].includes(standing(thing)));
  const ruled: Ruled = manner.rules
    ? ruleParts(
        things.filter((thing) => ['free', 'behind'].includes(standing(thing))),
        own.filter((thing) => standing(thing) === 'free'),
        all,
        excluded,
      )
    : { parts: [], decided: new Set() };
  const entries = own
    .filter(({ address }) => !ruled.decided.has(address))
    .map((thing) => {
      const { leftOut, part } = assignedPart(thing, all);
      const why = part === null ? undefined : excluded.get(part.address);
      const { address, label } = thing;
      return why === undefined ? { part, leftOut } : { part: null, leftOut: [{ address, label, why }] };
    });
  return {
    parts: [...entries.flatMap(({ part }) => part ?? []), ...ruled.parts],
    leftOut: entries.flatMap(({ leftOut }) => leftOut),
  };
}
