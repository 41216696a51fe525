import type { Layout } from '../edit/layout.ts';
import { lineEnd, lineStart } from '../edit/lines.ts';
import { type Collection, partsOf, within } from '../edit/place.ts';
import { type Comment, type Gap, give } from './give.ts';
import { emptyNotes, type Notes } from './notes.ts';
import { stationsOf } from './stations.ts';

/** Says of the comments at these offsets whose each is, so that it goes where that goes. */
export function attach({ text }: Layout, root: Collection, offsets: readonly number[]): Notes {
  const notes = emptyNotes();
  const stations = stationsOf(root);
  const isApart = behindBlank(text, root);
  for (const { part } of stations) notes.of(part).apart = isApart(part.start);
  let next = 0;
  for (let from = 0; from < offsets.length; ) {
    while (next < stations.length && startAt(next) < (offsets[from] ?? 0)) next += 1;
    let end = from;
    while (end < offsets.length && (offsets[end] ?? 0) < startAt(next)) end += 1;
    const behind = stations[next] ?? null;
    const comments = offsets.slice(from, end).map((at) => commentAt(text, at, isApart));
    const gap: Gap = { before: stations[next - 1] ?? null, behind, comments, root };
    give(gap, notes);
    from = end;
  }
  settleHead(root, notes, 'file');
  for (const { part } of stations)
    if (part.value.type === 'mapping' || part.value.type === 'sequence')
      settleHead(part.value, notes, 'value');
  return notes;

  function startAt(index: number): number {
    return stations[index]?.part.start ?? Number.POSITIVE_INFINITY;
  }
}

function commentAt(text: string, at: number, isApart: (at: number) => boolean): Comment {
  const begin = lineStart(text, at);
  const before = text.slice(begin, at);
  return {
    at,
    note: { text: text.slice(at, lineEnd(text, at)).trimEnd(), apart: isApart(at) },
    column: at - begin,
    aligned: / {2}$/.test(before) && !before.includes('\t'),
    ownLine: /^[ \t]*$/.test(before),
  };
}

/** Whether an offset is the first of its line and the line before is empty; empty lines that a text keeps are its own. */
function behindBlank(text: string, root: Collection): (at: number) => boolean {
  const ends = new Set<number>();
  for (const place of within(root))
    if (place.type === 'scalar' && place.header.includes('+')) ends.add(place.end);
  return (at) => {
    const begin = lineStart(text, at);
    if (begin < 2 || ends.has(begin) || !/^[ \t]*$/.test(text.slice(begin, at))) return false;
    return text.slice(lineStart(text, begin - 1), begin).trim() === '';
  };
}

/** What stands apart at the top of a collection stays there, whichever key comes first; and so does the heading of a file. */
function settleHead(collection: Collection, notes: Notes, of: 'file' | 'value'): void {
  const [first] = partsOf(collection);
  if (!first) return;
  const part = notes.of(first);
  const last = part.above.findLastIndex(({ apart }) => apart);
  const whole = part.apart || (of === 'file' && last <= 0);
  const around = notes.around(collection);
  around.head.push(...part.above.splice(0, whole ? part.above.length : Math.max(0, last)));
  around.headApart = !whole || part.apart;
}
