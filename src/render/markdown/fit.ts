import { numberText } from '../summary-text.ts';

/*
 * A comment has a limit, and a plan has none. So a comment is made of parts: entries (a row, an item of a list) in blocks
 * (a list, a section), and blocks in groups (an organization). A section or a group is shown whole or not at all, unless
 * it alone is more than fits; lists end where they must. What is short comes before what is long, so that a long section
 * hides no short one, and of those that are long the first ones. Whatever is left out is counted, and at the end the text
 * says how many things are missing and where they are.
 */

/** One piece of a block that is shown whole or not at all. */
export interface Entry {
  readonly text: () => string;
  /** How many things it is of: a rule's row is of all its changes. */
  readonly count: number;
}

/** Entries between an opening and a closing, those of most weight first. */
export interface Block {
  readonly open: string;
  readonly close: string;
  readonly entries: readonly Entry[];
  /** What the entries are: `change`. */
  readonly noun: string;
  /** Entries shown at most. */
  readonly most?: number;
  /** Its entries stand further below as well: what is left out here is not missing. */
  readonly again?: true;
  /** A section that can be unfolded; anything else is a list, of which the first entries are worth something. */
  readonly section?: true;
}

/** Blocks between an opening and a closing. */
export interface Group {
  readonly open: string;
  readonly close: string;
  readonly parts: readonly Part[];
}

export type Part = Block | Group;

interface Filled {
  readonly text: string;
  /** The room that it would take if it had enough; more than there is, where it stopped. */
  readonly size: number;
  readonly missing: Missing;
}

/** How many things of each noun are left out. */
type Missing = ReadonlyMap<string, number>;

/** A comment has fewer UTF-16 units than this; GitHub takes 65,536 characters. */
export const commentLimit = 65_000;

/** Kept free for the sentence in a block, and for the one at the end. */
const sentence = 120;
const lastSentence = 1500;
/** No part is asked to make do with less while there is room: of very many the first ones are shown. */
const least = 3000;

/** A head, as much of the parts as fits, and a foot. `elsewhere` says where all of it can be read. */
export function fit(head: string, parts: readonly Part[], foot: string, elsewhere: string): string {
  const room = commentLimit - 1 - head.length - foot.length - lastSentence;
  const { missing, text } = fillAll(parts.map(remembering), room);
  return `${head}${text}${missing.size === 0 ? '' : missingText(missing, elsewhere)}${foot}`;
}

/** The same part; each of its texts is made once, however often it is measured. */
function remembering(part: Part): Part {
  if ('parts' in part) return { ...part, parts: part.parts.map(remembering) };
  const entries = part.entries.map(({ count, text }): Entry => {
    let made: string | undefined;
    return {
      count,
      text: () => {
        made ??= text();
        return made;
      },
    };
  });
  return { ...part, entries };
}

function fillAll(parts: readonly Part[], room: number): Filled {
  const sizes = parts.map((part) => fill(part, room).size);
  const rooms = roomsFor(parts, sizes, room);
  const filled = parts.map((part, at) => fill(part, rooms[at] ?? 0));
  return {
    text: filled.map(({ text }) => text).join(''),
    size: sizes.reduce((sum, size) => sum + size, 0),
    missing: together(filled.map(({ missing }) => missing)),
  };
}

/** How much room each part gets. What is shown whole gets all that it needs, or none. */
function roomsFor(parts: readonly Part[], sizes: readonly number[], room: number): readonly number[] {
  const share = Math.max(least, shareOf(sizes, room));
  const rooms = sizes.map(() => 0);
  let left = room;
  const give = (at: number, wanted: number): void => {
    const given = Math.max(0, Math.min(wanted, left));
    rooms[at] = (rooms[at] ?? 0) + given;
    left -= given;
  };
  const each = parts.map((part, at) => {
    const size = sizes[at] ?? 0;
    // What alone is more than fits is cut inside, as a list is.
    return { at, size, cut: (!('parts' in part) && !part.section) || size > room };
  });
  for (const { at, cut, size } of each)
    if (cut) give(at, Math.min(size, size > room ? least : share));
    else if (size <= share && size <= left) give(at, size);
  for (const { at, cut, size } of each) if (!cut && size > share && size <= left) give(at, size);
  const open = each.filter(({ at, cut, size }) => cut && size > (rooms[at] ?? 0));
  const needs = open.map(({ at, size }) => size - (rooms[at] ?? 0));
  const more = shareOf(needs, left);
  for (const { at } of open) give(at, more);
  return rooms;
}

/** The room that each part may take so that all of them fit. */
function shareOf(sizes: readonly number[], room: number): number {
  let left = room;
  for (const [at, size] of [...sizes].sort((a, b) => a - b).entries()) {
    const share = Math.floor(left / (sizes.length - at));
    if (size > share) return share;
    left -= size;
  }
  return room;
}

const fill = (part: Part, room: number): Filled =>
  'parts' in part ? fillGroup(part, room) : fillBlock(part, room);

function fillGroup({ close, open, parts }: Group, room: number): Filled {
  const frame = open.length + close.length;
  const inside = fillAll(parts, room - frame);
  const size = frame + inside.size;
  return inside.text === ''
    ? { ...inside, size }
    : { ...inside, size, text: `${open}${inside.text}${close}` };
}

function fillBlock({ again, close, entries, most, noun, open }: Block, room: number): Filled {
  let size = open.length + close.length + sentence;
  const texts: string[] = [];
  for (const { text } of entries.slice(0, most ?? entries.length)) {
    const next = text();
    size += next.length;
    if (size > room) break;
    texts.push(next);
  }
  const rest = entries.slice(texts.length).reduce((sum, { count }) => sum + count, 0);
  const missing = new Map(rest === 0 || again ? [] : [[noun, rest]]);
  if (texts.length === 0) return { text: '', size, missing };
  const more =
    rest === 0 ? '' : `\n… and ${numberText(rest)} more ${plural(noun, rest)}${again ? ' below' : ''}.\n`;
  return { text: `${open}${texts.join('')}${more}${close}`, size, missing };
}

function together(all: readonly Missing[]): Missing {
  const sum = new Map<string, number>();
  for (const [noun, count] of all.flatMap((each) => [...each])) sum.set(noun, (sum.get(noun) ?? 0) + count);
  return sum;
}

function missingText(missing: Missing, elsewhere: string): string {
  const parts = [...missing].map(([noun, count]) => `${numberText(count)} ${plural(noun, count)}`);
  return `\n**Not shown here for want of room: ${parts.join(', ')}.** ${elsewhere}\n`;
}

const plural = (noun: string, count: number): string => (count === 1 ? noun : `${noun}s`);
