/** One way to break a guard or a promise, and the tests that must notice. */
export interface Mutant {
  /** What is broken, as a sentence about behaviour. */
  readonly title: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files of which at least one must go red. */
  readonly tests: readonly string[];
}
