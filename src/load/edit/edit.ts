import { splice } from '../splice.ts';
import type { Obstacle, Path, Refusal, YamlEdit } from './edits.ts';
import { says } from './guard.ts';
import { normal, type Writing, withoutClashes } from './intent.ts';
import { type Layout, layOut } from './layout.ts';
import { placeAt } from './place.ts';
import { remove } from './remove.ts';
import { saysWith } from './said.ts';
import { write } from './write.ts';

/** The text with the edits that can be made safely, and the others with what keeps each from it. */
export interface Edited {
  readonly text: string;
  readonly refused: readonly Refusal[];
}

/**
 * Edits YAML text by splices: every byte outside of the edited values stays. Paths mean the text as it is given, whatever
 * the other edits do. What comes out is read again, and no edit is made that does not read back as intended.
 */
export function edit(text: string, edits: readonly YamlEdit[]): Edited {
  const layout = layOut(text);
  if (!layout) return { text, refused: edits.map((each) => ({ edit: each, why: 'syntax' })) };
  const { clashing, edits: apart } = withoutClashes(edits.filter(({ path }) => path.length > 0));
  const whole = edits.filter(({ path }) => path.length === 0);
  const refused = [...refusals(whole, 'form'), ...refusals(clashing, 'clash')];
  const done = attempt(layout, apart);
  if (done.proven) return { text: done.text, refused: [...refused, ...done.refused] };
  const good = settle(layout, [], apart);
  const unsafe = apart.filter(
    (each) => !good.includes(each) && !done.refused.some((other) => other.edit === each),
  );
  return {
    text: attempt(layout, good).text,
    refused: [...refused, ...done.refused, ...refusals(unsafe, 'unsafe')],
  };
}

const refusals = (edits: readonly YamlEdit[], why: Obstacle): readonly Refusal[] =>
  edits.map((each) => ({ edit: each, why }));

interface Attempt extends Edited {
  /** The text reads back as intended. */
  readonly proven: boolean;
}

function attempt(layout: Layout, edits: readonly YamlEdit[]): Attempt {
  const written = write(layout, edits.filter(isWriting));
  const text = splice(layout.text, written.splices);
  const removals = edits.filter((each) => each.type === 'remove');
  const between = removals.length === 0 ? null : layOut(text);
  const refusedWrites = new Set(written.refused.map((each) => each.edit));
  const inserts = edits.filter((each) => each.type === 'insert' && !refusedWrites.has(each));
  const shift = shifting(layout, inserts);
  const removed = between
    ? remove(
        between,
        removals.map((each) => ({ edit: each, path: shift(each.path) })),
      )
    : { splices: [], refused: [] };
  const result = splice(text, removed.splices);
  const refused = [...written.refused, ...removed.refused];
  const left = new Set(refused.map((each) => each.edit));
  const after = layOut(result);
  const broken = removals.length > 0 && between === null;
  const proven =
    !broken &&
    after !== null &&
    saysWith(
      layout,
      edits.filter((each) => !left.has(each)),
      after,
    );
  return { text: result, refused, proven };
}

const isWriting = (edit: YamlEdit): edit is Writing => edit.type !== 'remove';

/** The largest part of the edits that reads back, found by halves: one that does not keeps no other from being made. */
function settle(layout: Layout, good: readonly YamlEdit[], more: readonly YamlEdit[]): readonly YamlEdit[] {
  if (more.length === 0) return good;
  const together = [...good, ...more];
  const { proven, refused } = attempt(layout, together);
  if (proven) return together.filter((each) => !refused.some((other) => other.edit === each));
  if (more.length === 1) return good;
  const half = Math.ceil(more.length / 2);
  return settle(layout, settle(layout, good, more.slice(0, half)), more.slice(half));
}

/** Paths in the text as it was, as they are once the items are inserted. */
function shifting(layout: Layout, inserts: readonly YamlEdit[]): (path: Path) => Path {
  const places = new Map<string, number[]>();
  for (const each of inserts) {
    if (each.type !== 'insert') continue;
    const list = layout.root && placeAt(layout.root, each.path.map(normal));
    if (list?.type !== 'sequence' || list.items.some(({ value }) => says(value, each.value))) continue;
    const key = JSON.stringify(each.path.map(normal));
    places.set(key, [...(places.get(key) ?? []), each.at]);
  }
  return (path) =>
    path.map((step, index) => {
      const before = places.get(JSON.stringify(path.slice(0, index).map(normal))) ?? [];
      return typeof step === 'number' ? step + before.filter((at) => at <= step).length : step;
    });
}
