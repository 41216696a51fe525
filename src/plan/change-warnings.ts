import type { CollectionKind } from '../model/kind.ts';
import type { Change, Unmanaged } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { sameValue } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import { findLive } from './live-index.ts';
import { formersLeft, suspectedRenames } from './renames.ts';
import { fieldText, objectText } from './words.ts';

/** The changes of one collection, each with what a controller should know before approving it. */
export function warnOfChanges({ live, changes, unmanaged }: CollectionPart): readonly Change[] {
  const renames = suspectedRenames(live.kind, changes);
  const left = formersLeft(live.kind, changes, unmanaged);
  return changes.map((change) => {
    const deleted = renames.get(change.address);
    const warnings = [
      ...(change.action === 'create' ? externalHasCode(live, change) : []),
      ...(change.action === 'create' ? rateNotStated(live.kind, change) : []),
      ...(change.action === 'update' ? valueChanged(live.kind, change) : []),
      ...(change.action === 'create' ? renameSuspected(live.kind, change, deleted, left) : []),
    ];
    return warnings.length === 0 ? change : { ...change, warnings: [...change.warnings, ...warnings] };
  });
}

function externalHasCode(
  live: CollectionPart['live'],
  { address, after, source }: Change,
): readonly Problem[] {
  const { kind } = live;
  const code = after && fieldText(kind, after, kind.identity);
  const external = code ? findLive(live, { code }).find((object) => object.external) : undefined;
  if (!external) return [];
  const key = address.slice(address.indexOf('.') + 1);
  const message = `The accounting system already has ${objectText(kind, external)}; this creates an internal ${kind.noun.one} with the same code beside it.`;
  const hint = `To use the existing one, write \`external: { ${kind.collection}: { ${key}: { ${kind.identity}: ${JSON.stringify(code)} } } }\` instead.`;
  return [warningProblem('EXTERNAL_HAS_CODE', message, { origin: source, address, hint })];
}

function rateNotStated(kind: CollectionKind, { address, after, source }: Change): readonly Problem[] {
  const silent = Object.entries(kind.fields).filter(
    ([name, { type }]) => type === 'percent' && (after?.[name] ?? null) === null,
  );
  return silent.map(([name]) => {
    const message = `${address} states no ${name}, and the service shows 0% for a ${kind.noun.one} without one.`;
    const hint = `State it: \`${name}: 0%\` if that is meant.`;
    return warningProblem('RATE_NOT_STATED', message, { origin: source, address, hint });
  });
}

/** Documents point to the object itself, so they follow it to another rate or code. */
function valueChanged(kind: CollectionKind, { address, before, after, source }: Change): readonly Problem[] {
  const fields = Object.entries(kind.fields);
  const changed = fields.filter(
    ([name, field]) =>
      (field.type === 'percent' || name === kind.identity) &&
      after?.[name] !== undefined &&
      !sameValue(field, before?.[name] ?? null, after[name]),
  );
  if (changed.length === 0) return [];
  const what = changed.map(([name]) => name).join(' and ');
  const isRate = fields.some(([, { type }]) => type === 'percent');
  // The first code of an account changes none.
  if (!isRate && before && fieldText(kind, before, kind.identity) === null) return [];
  const code = isRate ? 'TAX_RATE_CHANGED' : 'CODE_CHANGED';
  const message = isRate
    ? `Existing documents that use this ${kind.noun.one} may change with its ${what}.`
    : `Existing documents that use this ${kind.noun.one} have its new ${what} from then on.`;
  const hint = `Where old documents must keep the old value, add a new ${kind.noun.one} under a new key instead.`;
  return [warningProblem(code, message, { origin: source, address, hint })];
}

function renameSuspected(
  kind: CollectionKind,
  { address, source }: Change,
  deleted: Change | undefined,
  left: ReadonlyMap<Address, Unmanaged>,
): readonly Problem[] {
  const former = deleted ? namesOf(kind, deleted) : left.get(address);
  if (former === undefined) return [];
  const identity = former.code
    ? `${kind.identity}: ${JSON.stringify(former.code)}`
    : `name: ${JSON.stringify(former.name)}`;
  const what = deleted
    ? `This plan deletes ${deleted.label} and creates ${address}`
    : `No key declares ${[former.code, former.name].filter(Boolean).join(' ')}, and ${address} is created with the same name`;
  const message = `${what}, which looks like a rename: \`was: { ${identity} }\` would say so.`;
  const hint = `If it is one, add that to ${address}, and what uses it keeps working.`;
  return [warningProblem('RENAME_SUSPECTED', message, { origin: source, address, hint })];
}

const namesOf = (kind: CollectionKind, { before }: Change): Pick<Unmanaged, 'code' | 'name'> => ({
  code: before && fieldText(kind, before, kind.identity),
  name: before && fieldText(kind, before, 'name'),
});
