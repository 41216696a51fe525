import type { CommonOptions } from '../common-options.ts';

/** What can lack an account, as `--type` calls it. */
export const assignTypes = ['products', 'line_items', 'settings'] as const;
export type AssignType = (typeof assignTypes)[number];

export interface AssignOptions extends CommonOptions {
  readonly suggest?: true;
  readonly type?: readonly AssignType[];
  readonly minScore?: number;
  readonly showAll?: true;
}
