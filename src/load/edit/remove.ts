import type { Edit } from '../splice.ts';
import { type Path, type Refusal, Refused, type YamlEdit } from './edits.ts';
import { guard, guardRemoval } from './guard.ts';
import { normal } from './intent.ts';
import type { Layout } from './layout.ts';
import { beforeSpaces, beginsLine, lineEnd, lineStart, nextLine, tailOf } from './lines.ts';
import { type Collection, type ItemPlace, indexOfKey, type Place, partsOf } from './place.ts';
import { removeInBrackets } from './remove-in-brackets.ts';
import type { Spliced } from './write.ts';

type Removal = Extract<YamlEdit, { readonly type: 'remove' }>;

/** The splices that take keys and items out of a text. */
export function remove(
  layout: Layout,
  edits: readonly { readonly edit: Removal; readonly path: Path }[],
): Spliced {
  const refused: Refusal[] = [];
  const gone = new Map<Collection, Set<number>>();
  for (const { edit, path } of edits) {
    try {
      const found = find(layout, path);
      if (!found) continue;
      const parts = gone.get(found.place) ?? new Set();
      gone.set(found.place, parts.add(found.index));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ edit, why: error.why });
    }
  }
  const splices = [...gone].flatMap(([place, parts]) =>
    place.form === 'block'
      ? removeInBlock(place, parts, layout.text)
      : removeInBrackets(place, parts, layout.text),
  );
  return { splices, refused };
}

/** The part of a collection that a path names; null where there is none. */
function find(layout: Layout, path: Path): { readonly place: Collection; readonly index: number } | null {
  let place: Place | null = layout.root;
  const last = path.length - 1;
  for (const [depth, step] of path.map(normal).entries()) {
    if (place === null || place.type === 'missing' || place.type === 'scalar') return null;
    guard(place, layout);
    if (place.type === 'alias') throw new Refused('alias');
    const index = indexOf(place, step);
    const part = partsOf(place)[index];
    if (!part) {
      if (place.type === 'mapping' && indexOf(place, '<<') >= 0) throw new Refused('merge');
      return null;
    }
    if (depth < last) {
      place = part.value;
      continue;
    }
    if (place.form === 'none') throw new Refused('form');
    guardRemoval(part.value, layout);
    return { place, index };
  }
  throw new Refused('form');
}

function indexOf(place: Collection, step: string | number): number {
  if (place.type === 'sequence') return typeof step === 'number' ? step : -1;
  const index = typeof step === 'string' ? indexOfKey(place, step) : -1;
  if (Number.isNaN(index)) throw new Refused('form');
  return index;
}

/** Whole lines, with the comment on the last of them. A collection that loses all its parts stays, as an empty one. */
function removeInBlock(place: Collection, indexes: ReadonlySet<number>, text: string): readonly Edit[] {
  const parts = partsOf(place);
  const [first] = parts;
  const emptied = indexes.size === parts.length;
  const empty = place.type === 'mapping' ? '{}' : '[]';
  const isBelow = first !== undefined && place.lead > 0 && place.lead < lineStart(text, first.start);
  const splices = parts.flatMap((part, index) => {
    if (!indexes.has(index)) return [];
    return [emptied && index === 0 && !isBelow ? emptiedHere(part, empty, text) : linesOf(part, text)];
  });
  return emptied && isBelow
    ? [{ start: place.lead, end: place.lead, text: ` ${empty}` }, ...splices]
    : splices;
}

function emptiedHere({ start, value }: ItemPlace, empty: string, text: string): Edit {
  return { start, end: lineOfTail(value, text), text: empty };
}

function linesOf({ start, value }: ItemPlace, text: string): Edit {
  if (!beginsLine(text, start))
    return { start: beforeSpaces(text, start), end: lineOfTail(value, text), text: '' };
  const tail = tailOf(text, value);
  return {
    start: lineStart(text, start),
    end: text[tail - 1] === '\n' ? tail : nextLine(text, tail),
    text: '',
  };
}

/** Where the line ends in which a value does. */
function lineOfTail(value: Place, text: string): number {
  const tail = tailOf(text, value);
  return lineEnd(text, text[tail - 1] === '\n' ? lineStart(text, tail - 1) : tail);
}
