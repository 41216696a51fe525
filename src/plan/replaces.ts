import type { Change, Plan } from '../model/plan.ts';

/** Whether a change takes a reference away that points to something, whatever it puts in its place: what it only fills is no loss. */
export const replaces = (
  { after, before }: Pick<Change, 'after' | 'before'>,
  references: Plan['observed']['references'],
): boolean =>
  Object.entries(before ?? {}).some(
    ([field, address]) =>
      address !== null && after?.[field] !== address && (references[address]?.external ?? null) !== null,
  );
