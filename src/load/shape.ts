import type { Kinds } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import { checkShape, type ShapeError, TooManyErrors } from './check-shape.gen.js';
import type { Findings } from './findings.ts';
import type { Repair } from './repair.ts';
import { shapeProblem } from './shape-problem.ts';
import { maxProblems } from './some-problems.ts';
import { suggest } from './suggest.ts';
import { plainOf, type Tree, treeAt } from './tree.ts';

export interface Shaped extends Findings {
  /** A section may be hidden behind a mistake, so that what seems to be missing may only be misspelt. */
  readonly uncertain: boolean;
}

/** Holds one file against the language: every unknown key, wrong type and broken limit, each told once. */
export function shape(tree: Tree, kinds: Kinds): Shaped {
  const found = errorsOf(tree);
  if (found.length === 0) return { problems: [], repairs: [], uncertain: false };
  let uncertain = false;
  const problems: Problem[] = [];
  const repairs: Repair[] = [];
  const errors = mainErrors(found);
  for (const error of errors.slice(0, maxProblems + 1)) {
    const path = pathOf(error.instancePath);
    const at = treeAt(tree, path);
    if (!at || (at.type === 'scalar' && at.hole)) continue;
    const { problem, repair } = shapeProblem({ error, path, at, kinds });
    problems.push(problem);
    if (repair) repairs.push(repair);
    uncertain ||= hidesSection(error, path, kinds);
  }
  return { problems, repairs, uncertain: uncertain || errors.length > maxProblems };
}

/** What the compiled check complains of, as far as it goes before it gives up. */
function errorsOf(tree: Tree): readonly ShapeError[] {
  try {
    return checkShape(plainOf(tree)) ? [] : (checkShape.errors ?? []);
  } catch (error) {
    if (error instanceof TooManyErrors) return error.errors;
    throw error;
  }
}

/** Each place once: without what only repeats another error, and without what follows from an unknown key. */
function mainErrors(errors: readonly ShapeError[]): readonly ShapeError[] {
  const unknownAt = new Set(
    errors.filter((error) => error.keyword === 'additionalProperties').map((error) => error.instancePath),
  );
  const seen = new Set<string>();
  return errors.filter(({ instancePath, keyword, schemaPath, params }) => {
    if (keyword === 'if' || schemaPath.includes('/propertyNames/')) return false;
    if (keyword === 'maxProperties' && unknownAt.has(instancePath)) return false;
    const once = `${instancePath} ${params.additionalProperty ?? params.propertyName ?? ''}`;
    if (seen.has(once)) return false;
    seen.add(once);
    return true;
  });
}

/** An unknown key that was probably meant to be one of those without which others seem to be missing. */
function hidesSection({ keyword, params }: ShapeError, path: readonly string[], kinds: Kinds): boolean {
  const sections = kinds.collections
    .map((kind) => kind.collection)
    .concat('external', 'extends', 'organization');
  const [section = ''] = path;
  if (keyword === 'type') return path.length === 0 || (path.length <= 2 && sections.includes(section));
  if (keyword !== 'additionalProperties') return false;
  const key = String(params.additionalProperty);
  if (path.length === 0) return suggest(key, [...sections, 'version']) !== null;
  return path.length === 1 && sections.includes(section);
}

const pathOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
