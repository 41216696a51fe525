import { commentsIn } from '../edit/comments.ts';
import type { Layout } from '../edit/layout.ts';
import { lineEnd } from '../edit/lines.ts';
import type { MemberPlace, Place } from '../edit/place.ts';

/** Whether two texts hold the same values under the same keys, with the same anchors, tags, aliases and comments. */
export function saysTheSame(before: Layout, after: Layout): boolean {
  if (before.root === null || after.root === null)
    return before.root === after.root && commentsMatch(before, after);
  return same(before.root, after.root) && commentsMatch(before, after);
}

function same(a: Place, b: Place): boolean {
  if (a.props !== b.props || a.anchor !== b.anchor || a.tag !== b.tag || a.type !== b.type) return false;
  if (a.type === 'missing') return true;
  if (a.type === 'alias') return b.type === 'alias' && a.name === b.name;
  if (a.type === 'scalar') return b.type === 'scalar' && sameValue(a.value, a.source, b.value, b.source);
  if (a.type === 'sequence')
    return (
      b.type === 'sequence' &&
      a.items.length === b.items.length &&
      a.items.every(({ value }, index) => {
        const other = b.items[index];
        return other !== undefined && same(value, other.value);
      })
    );
  return b.type === 'mapping' && sameMembers(a.members, b.members);
}

/** Readers differ in what `0010` is: what is no text stays as it is written. */
const sameValue = (a: unknown, aSource: string, b: unknown, bSource: string): boolean =>
  Object.is(a, b) && (typeof a === 'string' || aSource === bSource);

/** Wherever the keys stand; of one that stands twice the first is held against the first. */
function sameMembers(a: readonly MemberPlace[], b: readonly MemberPlace[]): boolean {
  const left = byName(a);
  const right = byName(b);
  if (a.length !== b.length || left.size !== right.size) return false;
  for (const [name, members] of left) {
    const others = right.get(name) ?? [];
    if (members.length !== others.length) return false;
    for (const [index, { key, value }] of members.entries()) {
      const other = others[index];
      if (!other || key.value !== other.key.value || key.props !== other.key.props) return false;
      if (!same(value, other.value)) return false;
    }
  }
  return true;
}

function byName(members: readonly MemberPlace[]): ReadonlyMap<string, readonly MemberPlace[]> {
  const found = new Map<string, MemberPlace[]>();
  for (const member of members) found.set(member.name, [...(found.get(member.name) ?? []), member]);
  return found;
}

function commentsMatch(before: Layout, after: Layout): boolean {
  const a = commentTexts(before);
  const b = commentTexts(after);
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

const commentTexts = ({ text }: Layout): readonly string[] =>
  commentsIn(text)
    .map((at) => text.slice(at, lineEnd(text, at)).trimEnd())
    .sort();
