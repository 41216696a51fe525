import type { Allowed } from '../model/plan.ts';

/** What the `--allow-...` options of plan and apply let pass. */
export interface AllowOptions {
  readonly allowInUse?: readonly string[];
  readonly allowDeletes?: number;
  readonly allowOverwrites?: number;
  readonly allowDirty?: true;
}

/** The options as a plan keeps them. */
export const allowedBy = (options: AllowOptions): Allowed => ({
  in_use: options.allowInUse ?? [],
  deletes: options.allowDeletes ?? null,
  overwrites: options.allowOverwrites ?? null,
  dirty: options.allowDirty === true,
});
