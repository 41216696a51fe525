import { foldCase } from '../../model/fold-case.ts';
import type { Field } from '../../model/kind.ts';
import type { Change } from '../../model/plan.ts';
import type { Value } from '../../model/value.ts';
import type { Written } from '../edit/edits.ts';
import { identityOf } from '../entries.ts';
import { isNull, memberAt, type Tree, treeAt, writtenText } from '../tree.ts';
import { fieldWanted } from './wanted.ts';
import { type Facts, type FileEdit, kindNamed, type Layer, layerFor, NotAccepted, ownLayer } from './wish.ts';

/** The edits that make an entry say what its object is. */
export function updatedEntry(change: Change, facts: Facts): readonly FileEdit[] {
  const kind = kindNamed(change.kind, facts);
  const entry = facts.desired.entries.find(({ address }) => address === change.address);
  if (!kind || !entry) throw new NotAccepted('no key declares it');
  return Object.entries(kind.fields).flatMap(([name, field]) => {
    const [before, after] = [change.before?.[name] ?? null, change.after?.[name] ?? null];
    const origin = entry.fieldOrigins[name];
    if (!Object.hasOwn(change.after ?? {}, name) || isSame(field, before, after) || !origin) return [];
    const layer = layerFor(origin, facts);
    const path = [entry.collection, entry.key, name];
    const value = asBlock(fieldWanted(name, field, before), layer.tree && treeAt(layer.tree, path));
    return [{ path: layer.path, edit: { type: 'set' as const, path, value } }];
  });
}

function isSame(field: Field, a: Value, b: Value): boolean {
  if (a === null || b === null || field.type !== 'text' || !field.foldCase) return a === b;
  return foldCase(a) === foldCase(b);
}

/** White space around a text is no difference: a block that ends with a line end goes on doing so. */
function asBlock(value: Written, stated: Tree | null | undefined): Written {
  if (typeof value !== 'string' || stated?.type !== 'scalar') return value;
  return /^[|>](?!\d*-)/.test(writtenText(stated)) ? `${value}\n` : value;
}

/** The edits that let an entry go whose object is gone; `null` drops what an extended file declares. */
export function goneEntry(change: Change, facts: Facts): readonly FileEdit[] {
  const entry = facts.desired.entries.find(({ address }) => address === change.address);
  if (!entry) throw new NotAccepted('no key declares it');
  if (change.warnings.some(({ code }) => code === 'RENAME_SUSPECTED'))
    throw new NotAccepted('it may have been renamed by hand', change.source);
  const path = [entry.collection, entry.key];
  const stating = facts.layers.filter(({ tree }) => states(tree, path));
  const own = ownLayer(facts);
  if (facts.where === 'base' || stating.every((layer) => layer === own))
    return stating.map((layer) => ({ path: layer.path, edit: { type: 'remove' as const, path } }));
  return [{ path: own.path, edit: { type: 'set', path, value: null, whole: true } }];
}

function states(tree: Tree | null, path: readonly string[]): boolean {
  const value = tree ? memberAt(tree, path)?.value : undefined;
  return value !== undefined && !isNull(value);
}

/** The edits that take an object from `removed` that is there again. */
export function backAgain(change: Change, facts: Facts): readonly FileEdit[] {
  const kind = kindNamed(change.kind, facts);
  const removed = facts.desired.removed.find(
    ({ origin }) =>
      origin.file === change.source?.file &&
      origin.line === change.source.line &&
      origin.column === change.source.column,
  );
  if (!kind || !removed) throw new NotAccepted('no item of `removed` names it', change.source);
  const path = ['removed', kind.collection];
  const wanted = JSON.stringify(removed.identity);
  const indexesIn = ({ tree }: Layer): readonly number[] => {
    const list = tree ? treeAt(tree, path) : undefined;
    const items = list?.type === 'sequence' ? list.items : [];
    return items.flatMap((item, index) => (JSON.stringify(identityOf(item, kind)) === wanted ? [index] : []));
  };
  const naming = facts.layers.filter((layer) => indexesIn(layer).length > 0);
  const extended = naming.find((layer) => layer !== ownLayer(facts));
  if (extended && facts.where === 'own')
    throw new NotAccepted(
      `\`removed\` of ${extended.path} names it, which only --accept=base changes`,
      removed.origin,
    );
  return naming.flatMap((layer) =>
    indexesIn(layer).map((index) => ({
      path: layer.path,
      edit: { type: 'remove' as const, path: [...path, index] },
    })),
  );
}
