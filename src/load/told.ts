import type { Kinds } from '../model/kind.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import type { ShapeError } from './check-shape.gen.js';
import { addressAt, placeOf } from './place.ts';
import type { Repair } from './repair.ts';
import { originOf, type Spot } from './source-file.ts';
import type { Tree } from './tree.ts';

/** A value that breaks the language, and how the compiled check says it. */
export interface Broken {
  readonly error: ShapeError;
  /** Keys and indexes that lead to the value. */
  readonly path: readonly string[];
  readonly at: Tree;
  readonly kinds: Kinds;
}

/** The same as people read it. */
export interface Told {
  readonly problem: Problem;
  readonly repair?: Repair | null;
}

/** A problem of a value, at the value unless another spot is given. */
export const told = (
  code: ProblemCode,
  message: string,
  hint: string | null,
  { path, at, kinds }: Broken,
  spot: Spot = at,
): Problem =>
  errorProblem(code, message, {
    origin: originOf(spot),
    address: addressAt(path, new Set(kinds.collections.map((kind) => kind.collection))),
    hint,
  });

/** The place of a value at the beginning of a sentence. */
export const name = (path: readonly string[]): string =>
  path.length === 0 ? 'The file' : `\`${placeOf(path)}\``;
