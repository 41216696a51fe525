import type { World } from '../call.ts';
import type { Stored } from '../json.ts';
import type { Organization, Write } from '../state.ts';

/*
 * What takes time is data: each authorisation, pull and push that goes on is an object with the time at which it is over,
 * and is carried out when somebody asks for anything after that time. So there are no timers, a test's clock decides, and
 * what was going on when a process ended is over in the next one.
 */

/** What can go on. */
export type TaskKind = 'authorise' | 'pull' | 'push';

/** Something that goes on, for one connection or one synchronization record. */
export interface Task {
  readonly kind: TaskKind;
  readonly target: string;
  /** When it is over. */
  readonly due: Date;
}

/** The write that lets something go on from a time for so many milliseconds. */
export function begun(
  organization: string,
  { kind, target }: Pick<Task, 'kind' | 'target'>,
  from: Date,
  milliseconds: number,
  { store }: Pick<World, 'store'>,
): Write {
  const id = idOf(kind, target);
  const { seq } = store.fresh(organization, 'under_way');
  const time = from.toISOString();
  const due = new Date(from.getTime() + milliseconds).toISOString();
  const value: Stored = { id, created_at: time, updated_at: time, kind, target, due };
  return { organization, collection: 'under_way', id, seq, value };
}

/** The write that ends something. */
export const over = (organization: string, { kind, target }: Pick<Task, 'kind' | 'target'>): Write => ({
  organization,
  collection: 'under_way',
  id: idOf(kind, target),
  seq: 0,
  value: null,
});

/** What goes on, the first to be over first. */
export function* underWay({ collections }: Organization): Generator<Task> {
  if (collections.under_way.size === 0) return;
  for (const { value } of collections.under_way.sorted('due')) yield taskOf(value);
}

/** What goes on of a kind for one target; null for nothing. */
export function underWayFor({ collections }: Organization, kind: TaskKind, target: string): Task | null {
  const entry = collections.under_way.get(idOf(kind, target));
  return entry ? taskOf(entry.value) : null;
}

/** Of each kind only one can go on for a target. */
const idOf = (kind: TaskKind, target: string): string => `${kind}/${target}`;

const taskOf = ({ kind, target, due }: Stored): Task => ({
  // Only `begun` makes such objects.
  kind: kind as TaskKind,
  target: String(target),
  due: new Date(String(due)),
});
