/** One behaviour that the contract leaves open, and what it could be. The first of `values` is the default. */
export interface Switch<T extends string> {
  readonly about: string;
  readonly fallback: T;
  /** What can be chosen; with `form`, how values look. */
  readonly values: readonly string[];
  /** Null: exactly the values. */
  readonly form: RegExp | null;
}

/** A switch with fixed values, the default first. */
export const choice = <const T extends string>(
  about: string,
  fallback: T,
  ...others: readonly T[]
): Switch<T> => ({
  about,
  fallback,
  values: [fallback, ...others],
  form: null,
});
