import type { Desired, DesiredEntry, DesiredSetting, Hidden } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Live, LiveObject } from '../model/live.ts';
import { type Address, unkeyedAddress, type Value } from '../model/value.ts';
import { canonical } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import type { Explained } from './explain-assignment.ts';
import type { ExplainedField, ExplainedObject } from './explain-types.ts';
import { ownIdentity } from './identify.ts';
import { findInternal, findLive } from './live-index.ts';
import { resolveReference } from './resolve-reference.ts';
import { identityText, labelOf } from './words.ts';

type Parts = ReadonlyMap<string, CollectionPart>;

/** Says where the values of an entry, a look-up, a setting or an object without a key come from; null where nothing has the address. */
export function explainEntry(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  parts: Parts,
  address: Address,
): Explained | null {
  return (
    explainOwn(desired, parts, address) ??
    explainExternal(desired, parts, address) ??
    explainSetting(desired, live, kinds, parts, address) ??
    explainUnkeyed(parts, address)
  );
}

function explainOwn(desired: Desired, parts: Parts, address: Address): Explained | null {
  const entry = desired.entries.find((each) => each.address === address);
  const part = entry && parts.get(entry.collection);
  if (!entry || !part) return null;
  const { kind } = part.live;
  const object = part.identified.objectOf.get(address) ?? null;
  return {
    address,
    type: 'entry',
    label: labelOf(kind, { ...object?.fields, ...entry.fields }, entry.key),
    origin: entry.origin,
    look_up: null,
    hidden: (entry.drops ?? []).map((origin) => ({ value: null, origin })),
    fields: [...pinOf(entry, object), ...fieldsOf(kind, entry, object)],
    live: object && objectOf(kind, object),
    found_by: object && foundBy(entry, part.live, object),
    items: [],
    problems: part.problems.filter((problem) => problem.address === address),
    dangling: new Map(),
  };
}

function fieldsOf(
  kind: CollectionKind,
  entry: DesiredEntry | null,
  object: LiveObject | null,
): readonly ExplainedField[] {
  return Object.entries(kind.fields).map(([name, field]) => {
    const stated = entry && Object.hasOwn(entry.fields, name) ? entry : null;
    return {
      name,
      managed: stated !== null,
      desired: stated?.fields[name] ?? null,
      origin: stated && (stated.fieldOrigins[name] ?? stated.origin),
      hidden: entry?.hidden?.[name] ?? [],
      live: object ? canonical(field, object.fields[name] ?? null) : null,
    };
  });
}

/** The id has a row where some layer states one. */
function pinOf(
  { fieldOrigins, hidden, id, origin }: DesiredEntry,
  object: LiveObject | null,
): readonly ExplainedField[] {
  const lower = hidden?.id ?? [];
  if (id === null && lower.length === 0) return [];
  const managed = id !== null;
  const from = managed ? (fieldOrigins.id ?? origin) : null;
  return [{ name: 'id', managed, desired: id, origin: from, hidden: lower, live: object?.id ?? null }];
}

function foundBy(entry: DesiredEntry, live: CollectionPart['live'], object: LiveObject): string | null {
  if (entry.id !== null) return identityText(live.kind, { id: entry.id });
  const own = ownIdentity(live.kind, entry);
  if (own && findInternal(live, own).includes(object)) return identityText(live.kind, own);
  return entry.was && `was ${identityText(live.kind, entry.was)}`;
}

function explainExternal(desired: Desired, parts: Parts, address: Address): Explained | null {
  const entry = desired.externals.find((each) => each.address === address);
  const part = entry && parts.get(entry.collection);
  if (!entry || !part) return null;
  const { kind } = part.live;
  const object = part.externals.get(address) ?? null;
  return {
    address,
    type: 'external',
    label: object ? labelOf(kind, object.fields, entry.key) : entry.key,
    origin: entry.origin,
    look_up: identityText(kind, entry.identity),
    hidden: (entry.hidden ?? []).map(({ origin, value }) => ({
      value: value && identityText(kind, value),
      origin,
    })),
    fields: fieldsOf(kind, null, object),
    live: object && objectOf(kind, object),
    found_by: object && identityText(kind, entry.identity),
    items: [],
    problems: part.problems.filter((problem) => problem.address === address),
    dangling: new Map(),
  };
}

function explainSetting(
  { settings: stated }: Desired,
  { settings }: Live,
  kinds: Kinds,
  parts: Parts,
  address: Address,
): Explained | null {
  const slot = kinds.settings.find((each) => each.address === address);
  const part = slot && parts.get(slot.collection);
  if (!slot || !part) return null;
  const setting = stated.find((each) => each.address === address);
  const id = settings?.[address] ?? null;
  const now = id === null ? null : part.addressOf(id);
  const wanted = setting && resolveReference(setting.reference, part, setting);
  const origin = setting?.origin ?? null;
  const desired = wanted?.after ?? null;
  const hidden = hiddenTargets(setting, part);
  return {
    address,
    type: 'setting',
    label: `${slot.wire[1]} ${part.live.kind.noun.one}`,
    origin,
    look_up: null,
    hidden: [],
    fields: [{ name: slot.field, managed: setting !== undefined, desired, origin, hidden, live: now }],
    live: null,
    found_by: null,
    items: [],
    problems: wanted?.problems ?? [],
    dangling: new Map(now !== null && id !== null ? [[now, id]] : []),
  };
}

function hiddenTargets(setting: DesiredSetting | undefined, part: CollectionPart): readonly Hidden<Value>[] {
  return (setting?.hidden ?? []).map(({ origin, value }) => {
    const { after, unclear } = resolveReference(value, part, { origin, address: null });
    if (!unclear || value === null) return { value: after, origin };
    // Nothing depends on what is hidden, so it is told as it is written.
    const written = value.type === 'key' ? value.address : identityText(part.live.kind, value.identity);
    return { value: written, origin };
  });
}

function explainUnkeyed(parts: Parts, address: Address): Explained | null {
  for (const [collection, { live, addressOf, problems }] of parts) {
    const id = address.startsWith(`${collection}[`) ? address.slice(collection.length + 1, -1) : null;
    const [object] = id === null ? [] : findLive(live, { id });
    if (!object || addressOf(object.id) !== unkeyedAddress(collection, object.id)) continue;
    return {
      address,
      type: 'unkeyed',
      label: labelOf(live.kind, object.fields, object.id),
      origin: null,
      look_up: null,
      hidden: [],
      fields: fieldsOf(live.kind, null, object),
      live: objectOf(live.kind, object),
      found_by: null,
      items: [],
      problems: problems.filter((problem) => problem.address === address),
      dangling: new Map(),
    };
  }
  return null;
}

function objectOf(kind: CollectionKind, { id, external, status, fields }: LiveObject): ExplainedObject {
  return { id, label: labelOf(kind, fields, id), external, status };
}
