import type { CollectionKind } from '../../model/kind.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { Finding, Judging } from './finding.ts';
import { mends, type Wish } from './wishes.ts';

/** A place that points, or should, to an account or a rate. */
export interface Pointer
  extends Pick<Finding, 'type' | 'object' | 'id' | 'label' | 'group' | 'about' | 'severity'> {
  readonly kind: CollectionKind;
  readonly target: string | null;
  readonly wish: Wish | null;
  /** What is wrong where it points to nothing; null where it need not point. */
  readonly unset: ProblemCode | null;
}

/** What is wrong with a pointer: at most one thing. */
export function pointerFindings(
  { kind, target, unset, wish, ...place }: Pointer,
  { live, targets }: Judging,
): readonly Finding[] {
  const health = targets.health(kind, target);
  if (health === 'fine') return [];
  const filled = mends(wish, kind, target, targets);
  if (health === 'unset') return unset === null ? [] : [{ ...place, code: unset, hint: null, filled }];
  // Only of what is to be created over there more is to be told than its name.
  const object =
    health === 'alone'
      ? live.collections.get(kind.collection)?.objects.find(({ id }) => id === target)
      : undefined;
  return [
    {
      ...place,
      code: codes[health],
      // Many places point to one object, and the object is what is wrong.
      group: target === null ? place.group : targets.label(kind, target),
      about: object ? { what: 'object', kind, object } : place.about,
      hint: null,
      filled,
    },
  ];
}

const codes = {
  missing: 'TARGET_MISSING',
  archived: 'TARGET_ARCHIVED',
  alone: 'EXTERNAL_MISSING',
} as const satisfies Readonly<Record<string, ProblemCode>>;
