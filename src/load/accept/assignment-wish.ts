import type { Desired } from '../../model/desired.ts';
import type { CollectionKind } from '../../model/kind.ts';
import type { Change } from '../../model/plan.ts';
import type { Origin, Problem } from '../../model/problem.ts';
import type { Written } from '../edit/edits.ts';
import { originOf } from '../source-file.ts';
import { treeAt } from '../tree.ts';
import { referenceWanted } from './wanted.ts';
import { type Facts, type FileEdit, layerFor, NotAccepted, ownLayer } from './wish.ts';

type Item = Desired['assignments']['products'][number] | Desired['assignments']['lineItems'][number];

/** The edits that make a setting point where it does. */
export function setSetting(change: Change, facts: Facts): readonly FileEdit[] {
  const slot = facts.kinds.settings.find(({ address }) => address === change.address);
  const setting = facts.desired.settings.find(({ address }) => address === change.address);
  const kind = facts.kinds.collections.find(({ collection }) => collection === slot?.collection);
  if (!slot || !setting || !kind) throw new NotAccepted('no file states it');
  const layer = layerFor(setting.origin, facts);
  const value = referenceWanted(change.before?.[slot.field] ?? null, kind, layer, facts);
  return [{ path: layer.path, edit: { type: 'set', path: slot.address.split('.'), value } }];
}

/** The edits that assign what is assigned: in the entry that names it, else by a new entry before the rules. */
export function assigned(change: Change, facts: Facts): readonly FileEdit[] {
  const { assignments } = facts.desired;
  const [list, items]: readonly [string, readonly Item[]] =
    change.kind === 'product_assignment'
      ? ['products', assignments.products]
      : ['line_items', assignments.lineItems];
  const item = items.find(({ origin }) => isAt(origin, change.source));
  if (!item) throw new NotAccepted('no item of `assignments` says so', change.source);
  if (item.type === 'rule') return [besideRule(change, list, facts)];
  return inEntry(change, list, item.origin, facts);
}

function inEntry(change: Change, list: string, origin: Origin, facts: Facts): readonly FileEdit[] {
  const layer = facts.layers.find(({ path }) => path === origin.file);
  if (!layer) throw new NotAccepted(`${origin.file} is none of its files`, origin);
  if (layer !== ownLayer(facts) && facts.where === 'own')
    throw new NotAccepted(`${origin.file} names it, and only --accept=base changes that file`, origin);
  const path = ['assignments', list];
  const sequence = layer.tree ? treeAt(layer.tree, path) : undefined;
  const items = sequence?.type === 'sequence' ? sequence.items : [];
  const index = items.findIndex((item) => isAt(originOf(item), origin));
  if (index < 0) throw new NotAccepted('its item was not found', origin);
  return targetsOf(change, facts)
    .filter(({ name }) => (change.before?.[name] ?? null) !== (change.after?.[name] ?? null))
    .map((kind) => ({
      path: layer.path,
      edit: {
        type: 'set' as const,
        path: [...path, index, kind.name],
        value: referenceWanted(change.before?.[kind.name] ?? null, kind, layer, facts),
      },
    }));
}

/** An entry beats every rule and all that it says, so it says what the rule does of the gaps that are no drift. */
function besideRule(change: Change, list: string, facts: Facts): FileEdit {
  const layer = ownLayer(facts);
  const value: Record<string, Written> = { ...selectorOf(change) };
  for (const kind of targetsOf(change, facts)) {
    const before = change.before?.[kind.name] ?? null;
    const isGap = before === null || facts.references[before]?.external === null;
    const meant = isGap ? (change.after?.[kind.name] ?? null) : before;
    value[kind.name] = referenceWanted(meant, kind, layer, facts);
  }
  return { path: layer.path, edit: { type: 'insert', path: ['assignments', list], at: 0, value } };
}

function selectorOf({ address, kind }: Change): Readonly<Record<string, Written>> {
  const ids = address.slice(address.lastIndexOf('.') + 1);
  if (kind === 'product_assignment') return { product: { id: ids } };
  const [payable = '', line = ''] = ids.split('/');
  return { payable: { id: payable }, line_item: { id: line } };
}

const targetsOf = ({ after }: Change, { kinds }: Facts): readonly CollectionKind[] =>
  kinds.collections.filter(({ name }) => Object.hasOwn(after ?? {}, name));

const isAt = (origin: Origin, place: Pick<Problem, 'file' | 'line' | 'column'> | null): boolean =>
  origin.file === place?.file && origin.line === place.line && origin.column === place.column;
