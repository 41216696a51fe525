import { foldCase } from './fold-case.ts';
import type { LiveObject } from './live.ts';

/** Whether an object is archived, in whatever case the service says it: nothing can be posted to it any more. */
export const isArchived = ({ status }: Pick<LiveObject, 'status'>): boolean =>
  status !== null && foldCase(status.trim()) === 'archived';
