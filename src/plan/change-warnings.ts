import type { CollectionKind } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import { sameValue } from './canonical.ts';
import type { CollectionPart } from './collection-part.ts';
import { findLive } from './live-index.ts';
import { suspectedRenames } from './renames.ts';
import { fieldText, objectText } from './words.ts';

/** The changes of one collection, each with what a controller should know before approving it. */
export function warnOfChanges({ live, changes }: CollectionPart): readonly Change[] {
  const renames = suspectedRenames(live.kind, changes);
  return changes.map((change) => {
    const rename = renames.get(change.address);
    const warnings = [
      ...(change.action === 'create' ? externalHasCode(live, change) : []),
      ...(change.action === 'create' ? rateNotStated(live.kind, change) : []),
      ...(change.action === 'update' ? rateChanged(live.kind, change) : []),
      ...(rename && change.action === 'create' ? [renameSuspected(live.kind, change, rename)] : []),
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

function rateChanged(kind: CollectionKind, { address, before, after, source }: Change): readonly Problem[] {
  const fields = Object.entries(kind.fields);
  if (!fields.some(([, { type }]) => type === 'percent')) return [];
  const changed = fields.filter(
    ([name, field]) =>
      (field.type === 'percent' || name === kind.identity) &&
      after?.[name] !== undefined &&
      !sameValue(field, before?.[name] ?? null, after[name]),
  );
  if (changed.length === 0) return [];
  const message = `Existing documents that use this ${kind.noun.one} may change with its ${changed.map(([name]) => name).join(' and ')}.`;
  const hint = `Where old documents must keep the old value, add a new ${kind.noun.one} under a new key instead.`;
  return [warningProblem('TAX_RATE_CHANGED', message, { origin: source, address, hint })];
}

function renameSuspected(kind: CollectionKind, { address, source }: Change, deleted: Change): Problem {
  const code = deleted.before && fieldText(kind, deleted.before, kind.identity);
  const name = deleted.before && fieldText(kind, deleted.before, 'name');
  const former = code ? `${kind.identity}: ${JSON.stringify(code)}` : `name: ${JSON.stringify(name)}`;
  const message = `This plan deletes ${deleted.label} and creates ${address}, which looks like a rename.`;
  const hint = `If it is one, add \`was: { ${former} }\` to ${address}, and what uses it keeps working.`;
  return warningProblem('RENAME_SUSPECTED', message, { origin: source, address, hint });
}
