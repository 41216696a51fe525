import { type Collection, partsOf } from '../edit/place.ts';
import type { Note, Notes } from './notes.ts';
import { collectionAt, isInBrackets, outwards, type Station } from './stations.ts';

/*
 * A comment behind something belongs to that. One on a line of its own belongs to what follows, with three exceptions: one that stands deeper
 * ends the collection that has its column; one that stands deeper than a key or dash with nothing behind it stays in there; and one that
 * touches what is before it, while an empty line parts it from what follows, belongs to what is before it. Between brackets lines mean nothing, so there a comment belongs to what follows, or ends the brackets.
 */

/** A comment where it stands. */
export interface Comment {
  readonly at: number;
  readonly note: Note;
  readonly column: number;
  /** More than one space stands before it. */
  readonly aligned: boolean;
  /** Nothing but space stands before it on its line. */
  readonly ownLine: boolean;
}

/** The comments between the beginnings of two keys or items that follow each other. */
export interface Gap {
  readonly before: Station | null;
  readonly behind: Station | null;
  readonly comments: readonly Comment[];
  readonly root: Collection;
}

/** Gives each comment of a gap to what it belongs to. */
export function give(gap: Gap, notes: Notes): void {
  const { before, behind, comments, root } = gap;
  let closed = before ? closedBlocks(before, behind) : [];
  const apart = comments.flatMap(({ note, ownLine }, index) => (ownLine && note.apart ? [index] : []));
  let open = before && holdsNothing(before) ? before : null;
  const lastApart = apart.at(-1) ?? -1;
  // Whether no empty line stands since what has its own place: the part before, or a comment within that.
  let touches = true;
  for (const [index, comment] of comments.entries()) {
    const { at, note } = comment;
    if (!before) {
      if (behind) notes.of(behind.part).above.push(note);
      else if (at < root.start) notes.around(root).head.push(note);
      else notes.around(root).foot.push(note);
      continue;
    }
    if (!comment.ownLine) {
      if (isInBrackets(root) && at >= root.end) notes.around(root).foot.push(note);
      else
        notes
          .of(besideOf(before, at).part)
          .beside.push({ text: note.text, column: comment.aligned ? comment.column : null });
      continue;
    }
    const brackets = bracketsAround(before, at, root);
    const next = behind && (brackets ? behind.part.start < brackets.end : isBelow(behind, before));
    const own = collectionAt(before);
    const isAhead = own !== null && isInBrackets(own) && at < own.start;
    if (behind && next && !isAhead) notes.of(behind.part).above.push(note);
    else if (at < before.part.value.start) notes.of(before.part).above.push({ ...note, apart: false });
    else if (brackets) notes.around(brackets).foot.push(note);
    else if (open && comment.column > open.parent.column) notes.of(open.part).inside.push(note);
    else {
      open = null;
      touches &&= !note.apart;
      const ends = lastApart > index || (behind !== null && notes.of(behind.part).apart);
      closed = giveOutside(gap, comment, touches && ends, closed, notes);
      touches ||= closed.length > 0;
    }
  }
}

/** Whether nothing stands behind a key or a dash of a block, or empty brackets. */
const holdsNothing = ({ parent, part: { value } }: Station): boolean =>
  !isInBrackets(parent) &&
  (value.type === 'missing' ||
    ((value.type === 'mapping' || value.type === 'sequence') && partsOf(value).length === 0));

/** The first key or item below another. */
const isBelow = (behind: Station, before: Station): boolean => behind.owner === before;

/** Whose line a comment ends: behind a bracket that closes, that of whose value the brackets are. */
function besideOf(before: Station, at: number): Station {
  let found = before;
  for (const { owner, parent } of outwards(before))
    if (owner && isInBrackets(parent) && at >= parent.end) found = owner;
  return found;
}

/** The innermost brackets around an offset. */
function bracketsAround(before: Station, at: number, root: Collection): Collection | null {
  const own = collectionAt(before);
  if (own && isInBrackets(own) && own.start < at && at < own.end) return own;
  for (const { parent } of outwards(before)) if (isInBrackets(parent) && at < parent.end) return parent;
  return isInBrackets(root) && root.start < at && at < root.end ? root : null;
}

/** The blocks that end before what is behind begins, from the innermost outwards. */
function closedBlocks(before: Station, behind: Station | null): readonly Collection[] {
  const blocks: Collection[] = [];
  for (const { parent } of outwards(before)) {
    if (parent === behind?.parent) break;
    if (!isInBrackets(parent)) blocks.push(parent);
  }
  return blocks;
}

/**
 * A comment on a line of its own between blocks; `touches`: it belongs rather to what is before it. Answers the blocks that
 * those after it may still belong to.
 */
function giveOutside(
  { before, behind, root }: Gap,
  { column, note }: Comment,
  touches: boolean,
  closed: readonly Collection[],
  notes: Notes,
): readonly Collection[] {
  const limit = behind && !isInBrackets(behind.parent) ? behind.parent.column : -1;
  const left = closed.findIndex((each) => each.column <= column);
  const block = column > limit ? closed[left] : undefined;
  if (block) {
    notes.around(block).foot.push(note);
    return closed.slice(left);
  }
  const sibling = before && behind ? siblingBefore(before, behind) : null;
  if (!behind) notes.around(root).foot.push(note);
  else if (sibling && touches) notes.of(sibling.part).after.push(note);
  else notes.of(behind.part).above.push(note);
  return [];
}

/** What stands before a key or an item in its collection, and has or holds what is before. */
function siblingBefore(before: Station, behind: Station): Station | null {
  for (const station of outwards(before)) if (station.parent === behind.parent) return station;
  return null;
}
