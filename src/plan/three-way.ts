import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change, Reason, ReferenceTarget } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Address, Fields, Value } from '../model/value.ts';
import { type BaseValues, baseValues } from './base-values.ts';
import { sameValue } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import { insertedNow } from './inserted-now.ts';
import { overwritingRules, placeOf } from './places.ts';
import { countText, fieldText } from './words.ts';

/*
 * Three sides: what was last applied (the base), what the file says now, what is live. Where live is as the base was, it is
 * the file that has changed: config. Where the file is as the base was, it is the world: drift. Where both have changed,
 * somebody has to know of it: conflict. Each is said of a whole change, so it must hold in every field that the change touches.
 */

/** What else decides: the file itself, and the live objects behind its changes. */
interface Facts {
  readonly desired: Desired;
  readonly live: Live;
  readonly kinds: Kinds;
  readonly parts: ReadonlyMap<string, CollectionPart>;
  /** The live object behind an address. */
  readonly targetOf: (address: Address) => ReferenceTarget | undefined;
}

/** The changes with the reasons that a base gives them; without a base as they are. */
export function withReasons(
  changes: readonly Change[],
  base: Desired | null,
  facts: Facts,
): readonly Change[] {
  if (!base) return changes;
  const stated = baseValues(base, facts.live, facts.kinds, facts.parts);
  const enforcing = overwritingRules(facts.desired);
  const doubt = insertedNow(facts.desired, facts.kinds);
  return changes.map((change) => {
    if (change.reason === 'prune') return change;
    if (change.action === 'delete') return removedAgain(change, base, facts);
    if (change.reason === 'rule') {
      const enforced = change.source !== null && enforcing.has(placeOf(change.source));
      return enforced ? doubt(reasonOfRule(change, stated, facts)) : change;
    }
    const touched = touchedIn(change, facts);
    const reason = judge(change, touched, stated(change), facts.kinds);
    const told = suspected(withReason(change, reason, stated(change), touched, facts), facts);
    return doubt(told);
  });
}

/** Whether a change undoes what somebody else did, or may. */
export const isDrift = ({ reason }: Pick<Change, 'reason'>): boolean =>
  reason === 'drift' || reason === 'conflict';

/**
 * A rule that overwrites undoes drift where the base enforced the same in every field; what it only fills, and what it newly
 * takes, is the rule's.
 */
function reasonOfRule(change: Change, stated: BaseValues, facts: Facts): Change {
  const values = stated(change);
  const touched = touchedIn(change, facts);
  const replaces = touched.some((name) => {
    const before = change.before?.[name] ?? null;
    return before !== null && (facts.targetOf(before)?.external ?? null) !== null;
  });
  if (!replaces || values === null) return change;
  const reason = judge(change, touched, values, facts.kinds);
  return reason === 'config' ? change : withReason(change, reason, values, touched, facts);
}

/** What `removed` names was to be gone at the base as well: somebody has made it again. */
function removedAgain(change: Change, base: Desired, { kinds, parts }: Facts): Change {
  const kind = kinds.collections.find(({ name }) => name === change.kind);
  const part = kind && parts.get(kind.collection);
  if (!kind || !part || change.id === null) return change;
  const { byId } = part.live;
  const object = byId.get(change.id);
  const gone = base.removed.some(({ collection, identity }) => {
    if (collection !== kind.collection || !object) return false;
    if ('id' in identity) return identity.id.toLowerCase() === object.id.toLowerCase();
    const [name, text] = 'code' in identity ? [kind.identity, identity.code] : ['name', identity.name];
    const field = kind.fields[name];
    return field !== undefined && sameValue(field, object.fields[name] ?? null, text);
  });
  return gone ? { ...change, reason: 'drift' } : change;
}

/** The fields that become something else. */
function touchedIn({ action, after, before, kind }: Change, { kinds }: Facts): readonly string[] {
  return Object.keys(after ?? {}).filter((name) => {
    if (action === 'create') return (after?.[name] ?? null) !== null;
    return !same(kind, name, before?.[name] ?? null, after?.[name] ?? null, kinds);
  });
}

function judge(change: Change, touched: readonly string[], base: Fields | null, kinds: Kinds): Reason {
  if (base === null) return 'config';
  const { after, before, kind } = change;
  const isBase = (fields: Fields | null, name: string): boolean =>
    same(kind, name, fields?.[name] ?? null, base[name] ?? null, kinds);
  // What the base did not state was nobody's.
  if (touched.every((name) => !Object.hasOwn(base, name) || isBase(before, name))) return 'config';
  return touched.every((name) => Object.hasOwn(base, name) && isBase(after, name)) ? 'drift' : 'conflict';
}

function same(kind: string, name: string, a: Value, b: Value, kinds: Kinds): boolean {
  const field = kinds.collections.find((each) => each.name === kind)?.fields[name];
  return field ? sameValue(field, a, b) : a === b;
}

/** What seems to be gone may have got another code by hand: then making it anew would make a double. */
function suspected(change: Change, { parts, kinds }: Facts): Change {
  if (change.action !== 'create' || !isDrift(change)) return change;
  const kind = kinds.collections.find(({ name }) => name === change.kind);
  const name = kind && fieldText(kind, change.after ?? {}, 'name');
  const alike = (kind && parts.get(kind.collection)?.unmanaged.filter((each) => each.name === name)) ?? [];
  const [first] = alike;
  if (!kind || !first || name === null) return change;
  const message = `${change.label} is gone, but ${countText(alike.length, kind.noun)} that no key declares ${alike.length === 1 ? 'has' : 'have'} its name (${first.code ?? 'no code'}, id ${first.id}): its code may have been changed by hand.`;
  const hint = `If it is the same, write its code into the file or pin it with \`id: ${first.id}\`; otherwise apply this plan.`;
  const { address, source } = change;
  const warning = warningProblem('RENAME_SUSPECTED', message, { origin: source, address, hint });
  // It says more than that there was a rename: by whom.
  const others = change.warnings.filter(({ code }) => code !== 'RENAME_SUSPECTED');
  return { ...change, warnings: [...others, warning] };
}

function withReason(
  change: Change,
  reason: Reason,
  base: Fields | null,
  touched: readonly string[],
  facts: Facts,
): Change {
  if (reason !== 'conflict') return { ...change, reason };
  return { ...change, reason, warnings: [...change.warnings, conflict(change, base ?? {}, touched, facts)] };
}

/** All three values of each field: whoever approves the plan decides whether the file may win. */
function conflict(
  { address, after, before, kind, source }: Change,
  base: Fields,
  touched: readonly string[],
  { kinds, targetOf }: Facts,
): Problem {
  const refers = !kinds.collections.some(({ name }) => name === kind);
  const text = (value: Value): string => {
    if (value === null) return '(none)';
    const target = refers ? targetOf(value) : undefined;
    const label = [target?.code, target?.name].filter((word) => word).join(' ');
    return label === '' ? JSON.stringify(value) : `${JSON.stringify(label)} (${value})`;
  };
  const values = touched.map((name) => {
    const stated = Object.hasOwn(base, name) ? text(base[name] ?? null) : 'not stated';
    return `${name}: at the base ${stated}, live ${text(before?.[name] ?? null)}, in the file ${text(after?.[name] ?? null)}`;
  });
  const message = `Both the file and what is live have changed since the base, and the file wins. ${values.join('; ')}.`;
  const hint = 'Approve it if the file is right; otherwise write the live value into the file.';
  return warningProblem('CONFLICT', message, { origin: source, address, hint });
}
