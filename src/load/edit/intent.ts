import { type Path, Refused, type Written, type YamlEdit } from './edits.ts';
import type { Fresh } from './fresh.ts';

/** An edit that writes. */
export type Writing = Exclude<YamlEdit, { readonly type: 'remove' }>;

/** What all edits together want at one place and below. Several that lead through a mapping that is not there make it once. */
export interface Intent {
  readonly below: Map<string | number, Intent>;
  readonly inserts: { readonly at: number; readonly value: Written }[];
  set: { readonly value: Written; readonly whole?: true; readonly remark?: string } | null;
  /** The edits of this very place. */
  readonly edits: Writing[];
}

/** All values and items that edits write, by place. */
export function intentOf(edits: readonly Writing[]): Intent {
  const root = intent();
  for (const edit of edits) {
    let at = root;
    for (const step of edit.path.map(normal)) {
      const next = at.below.get(step) ?? intent();
      at.below.set(step, next);
      at = next;
    }
    at.edits.push(edit);
    if (edit.type === 'insert') at.inserts.push(edit);
    else at.set = edit;
  }
  return root;
}

const intent = (): Intent => ({ below: new Map(), inserts: [], set: null, edits: [] });

/** A step as members are named: editors and file systems differ in the Unicode form that they write. */
export const normal = (step: string | number): string | number =>
  typeof step === 'string' ? step.normalize('NFC') : step;

/** The edits of a place and all below. */
export const editsIn = ({ below, edits }: Intent): readonly Writing[] => [
  ...edits,
  ...[...below.values()].flatMap(editsIn),
];

/** What is to be written where nothing is yet. */
export function freshOf({ below, inserts, set }: Intent): Fresh {
  if (set) return set.remark === undefined ? { value: set.value } : { value: set.value, remark: set.remark };
  if (inserts.length > 0) {
    if (below.size > 0) throw new Refused('form');
    return { items: [...inserts].sort((a, b) => a.at - b.at).map(({ value }) => value) };
  }
  return { members: [...below].map(([key, each]) => [nameOf(key), freshOf(each)]) };
}

/** A step that must be a key of a mapping. */
export function nameOf(step: string | number): string {
  if (typeof step === 'number') throw new Refused('form');
  return step;
}

interface Claim {
  readonly below: Map<string | number, Claim>;
  taken: boolean;
}

/** Parts the edits from those that concern a place which an earlier one writes or removes as a whole. */
export function withoutClashes(edits: readonly YamlEdit[]): {
  readonly edits: readonly YamlEdit[];
  readonly clashing: readonly YamlEdit[];
} {
  const root: Claim = { below: new Map(), taken: false };
  const kept: YamlEdit[] = [];
  const clashing: YamlEdit[] = [];
  for (const edit of edits) (claim(root, edit.path, edit.type !== 'insert') ? kept : clashing).push(edit);
  return { edits: kept, clashing };
}

function claim(root: Claim, path: Path, whole: boolean): boolean {
  let at = root;
  let fresh = false;
  for (const step of path.map(normal)) {
    if (at.taken) return false;
    const next: Claim = at.below.get(step) ?? { below: new Map(), taken: false };
    fresh = !at.below.has(step);
    at.below.set(step, next);
    at = next;
  }
  if (at.taken || (whole && !fresh)) return false;
  at.taken = whole;
  return true;
}
