import type { Change } from '../../model/plan.ts';
import { edit } from '../edit/edit.ts';
import { obstacleText, type Refusal } from '../edit/edits.ts';
import { grow } from '../grow.ts';
import type { LoadedFile } from '../load.ts';
import { parse } from '../parse.ts';
import { assigned, setSetting } from './assignment-wish.ts';
import { backAgain, goneEntry, updatedEntry } from './entry-wish.ts';
import { usersOf } from './users.ts';
import { type Facts, type FileEdit, type Layer, type Left, NotAccepted, type Wish } from './wish.ts';

/** What accepting live values comes to. */
export interface Accepted {
  /** Files with a new text. */
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  readonly accepted: readonly Change[];
  readonly left: readonly Left[];
}

/**
 * Writes what is live into the files: changes read backwards, from what the file says to what is there. A change is
 * accepted as a whole or left.
 */
export function accept(
  changes: readonly Change[],
  { files, ...given }: Omit<Facts, 'layers'> & { readonly files: readonly LoadedFile[] },
): Accepted {
  const facts: Facts = { ...given, layers: files.map(layerOf) };
  const left: Left[] = [];
  let wishes = changes.flatMap((change): readonly Wish[] => {
    try {
      return [{ change, edits: insideOnly(wishOf(change, facts)) }];
    } catch (error) {
      if (!(error instanceof NotAccepted)) throw error;
      left.push({ change, why: error.message, origin: error.origin ?? change.source });
      return [];
    }
  });
  for (;;) {
    const tried = attempt(wishes, facts);
    const found = tried.left.length > 0 ? tried.left : stillUsed(wishes, facts);
    if (found.length === 0) return { files: tried.files, accepted: wishes.map(({ change }) => change), left };
    for (const each of found) left.push(each);
    const leaving = new Set(found.map(({ change }) => change));
    wishes = wishes.filter(({ change }) => !leaving.has(change));
  }
}

function insideOnly(edits: readonly FileEdit[]): readonly FileEdit[] {
  const outside = edits.find(({ path }) => path.startsWith('../'));
  if (outside) throw new NotAccepted(`${outside.path} lies outside the repository`);
  return edits;
}

/** A file as a tree of its own. */
export function layerOf({ path, text }: LoadedFile): Layer {
  const { document, file } = parse(path, text);
  return { path, text, tree: document ? grow(document, file, {}).tree : null };
}

function wishOf(change: Change, facts: Facts): readonly FileEdit[] {
  const { action } = change;
  if (action === 'set') return setSetting(change, facts);
  if (action === 'assign' || action === 'unassign') return assigned(change, facts);
  if (action === 'create') return goneEntry(change, facts);
  return action === 'delete' ? backAgain(change, facts) : updatedEntry(change, facts);
}

/** All edits made in all files, and the changes of which one cannot be made. */
function attempt(wishes: readonly Wish[], { layers }: Facts): Pick<Accepted, 'files' | 'left'> {
  const left: Left[] = [];
  const files = layers.flatMap(({ path, text }) => {
    const edits = wishes.flatMap((wish) => wish.edits.filter((each) => each.path === path));
    if (edits.length === 0) return [];
    const result = edit(
      text,
      edits.map((each) => each.edit),
    );
    const refused = new Map<Refusal['edit'], Refusal>(result.refused.map((each) => [each.edit, each]));
    for (const { change, edits: own } of wishes) {
      const [first] = own.flatMap((each) => (each.path === path ? (refused.get(each.edit) ?? []) : []));
      if (first) left.push({ change, why: `${path}: ${obstacleText(first.why)}`, origin: change.source });
    }
    return result.text === text ? [] : [{ path, before: text, after: result.text }];
  });
  const once = new Map(left.map((each) => [each.change, each]));
  return { files, left: [...once.values()] };
}

/** Entries that cannot go, because something that stays refers to them. */
function stillUsed(wishes: readonly Wish[], facts: Facts): readonly Left[] {
  const users = usersOf(
    wishes.map(({ change }) => change),
    facts,
  );
  return wishes.flatMap(({ change }): readonly Left[] => {
    if (change.action !== 'create') return [];
    if (facts.desired.policy.protect.includes(change.address))
      return [{ change, why: '`policy.protect` names it', origin: change.source }];
    const user = users.get(change.address);
    if (!user) return [];
    const at = `${user.file}:${user.line}:${user.column}`;
    return [{ change, why: `it is gone, but ${at} refers to its key`, origin: user }];
  });
}
