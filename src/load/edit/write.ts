import { belowKey, inList, type SchemaPath, schemaRoot } from '../format/key-order.ts';
import type { Edit } from '../splice.ts';
import { addMembers, fill } from './add.ts';
import { type Obstacle, type Refusal, Refused } from './edits.ts';
import { memberLines } from './fresh.ts';
import { guard } from './guard.ts';
import { insertItems } from './insert.ts';
import { editsIn, freshOf, type Intent, intentOf, nameOf, type Writing } from './intent.ts';
import type { Layout } from './layout.ts';
import { endingAt, linesBehind } from './lines.ts';
import { indexOfKey, type MappingPlace, type Place, within } from './place.ts';
import { setValue } from './set.ts';

/** What writing comes to: splices of the text, and the edits that are not in them. */
export interface Spliced {
  readonly splices: readonly Edit[];
  readonly refused: readonly Refusal[];
}

interface Work {
  readonly layout: Layout;
  readonly step: string;
  readonly splices: Edit[];
  readonly refused: Refusal[];
}

/** The splices that write values and items into a text. */
export function write(layout: Layout, edits: readonly Writing[]): Spliced {
  const work: Work = { layout, step: stepOf(layout), splices: [], refused: [] };
  const intent = intentOf(edits);
  if (layout.root) walk(layout.root, intent, schemaRoot, work);
  else attempt(intent, work, () => begin(layout.text, intent, work.step));
  return work;
}

function walk(place: Place, intent: Intent, path: SchemaPath, work: Work): void {
  const { layout, step } = work;
  attempt(intent, work, () => {
    guard(place, layout);
    if (intent.set) return setValue(place, intent.set.value, intent.set.whole === true, { layout, step });
    const isEmpty = place.type === 'missing' || (place.type === 'scalar' && place.value === null);
    if (isEmpty) return fill(place, freshOf(intent), layout.text, step);
    if (place.type === 'scalar' || place.type === 'alias') throw new Refused('form');
    if (place.type === 'mapping') {
      if (intent.inserts.length > 0) throw new Refused('form');
      return walkMembers(place, intent, path, work);
    }
    const splices = insertItems(place, intent.inserts, layout.text, step);
    for (const [key, each] of intent.below) {
      const item = typeof key === 'number' ? place.items[key] : undefined;
      if (item) walk(item.value, each, inList(path), work);
      else refuse(each, 'form', work);
    }
    return splices;
  });
}

function walkMembers(place: MappingPlace, intent: Intent, path: SchemaPath, work: Work): readonly Edit[] {
  const { layout, step } = work;
  const absent: [string | number, Intent][] = [];
  for (const [key, each] of intent.below) {
    const index = typeof key === 'string' ? indexOfKey(place, key) : -1;
    const member = place.members[index];
    if (Number.isNaN(index)) refuse(each, 'form', work);
    else if (member) walk(member.value, each, belowKey(path, member.name), work);
    else absent.push([key, each]);
  }
  const merged = indexOfKey(place, '<<') >= 0;
  const fresh = absent.flatMap(([key, each]) => {
    try {
      if (merged) throw new Refused('merge');
      return [[nameOf(key), freshOf(each)] as const];
    } catch (error) {
      refuse(each, reasonOf(error), work);
      return [];
    }
  });
  if (fresh.length === 0) return [];
  try {
    return addMembers(place, fresh, path, { text: layout.text, step });
  } catch (error) {
    for (const [, each] of absent) refuse(each, reasonOf(error), work);
    return [];
  }
}

/** A document that says nothing yet. */
function begin(text: string, intent: Intent, step: string): readonly Edit[] {
  if (/^\.\.\.(?:\s|$)/m.test(text)) throw new Refused('form');
  const fresh = freshOf(intent);
  if (!('members' in fresh)) throw new Refused('form');
  const lines = fresh.members.flatMap(([key, each]) => memberLines(key, each, '', step));
  const bare = text.replace(/^\ufeff/, '') === '';
  const end = { start: text.length, end: text.length };
  if (bare || text.endsWith('\n')) {
    const ending = endingAt(text, Math.max(0, text.length - 1));
    return [{ ...end, text: lines.map((line) => `${line}${ending}`).join('') }];
  }
  return [linesBehind(text, text.length, lines)];
}

function attempt(intent: Intent, work: Work, make: () => readonly Edit[]): void {
  try {
    // Without spreading: a list may get more items than a call can have arguments.
    for (const splice of make()) work.splices.push(splice);
  } catch (error) {
    refuse(intent, reasonOf(error), work);
  }
}

function refuse(intent: Intent, why: Obstacle, { refused }: Work): void {
  for (const edit of editsIn(intent)) refused.push({ edit, why });
}

function reasonOf(error: unknown): Obstacle {
  if (error instanceof Refused) return error.why;
  throw error;
}

/** How far a level stands in: as the first one of the file that does. */
function stepOf({ root }: Layout): string {
  for (const place of root ? within(root) : []) {
    if (place.type !== 'mapping' || place.form !== 'block') continue;
    for (const { value } of place.members) {
      const deeper = 'column' in value ? value.column - place.column : 0;
      if (deeper > 0) return ' '.repeat(deeper);
    }
  }
  return '  ';
}
