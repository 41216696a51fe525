import { errorProblem, type Problem } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import type { Member } from './fleet.ts';
import { resultOf, type Whereof } from './outcome.ts';

/** What was found at a path that was asked for. */
export interface Found {
  readonly each: Member | OrganizationResult;
  readonly touched: boolean;
  /** Whose books it is about, where that is known. */
  readonly books: string | null;
}

/** Of those that are about the same books as another none is worked with. */
export function once(all: readonly Found[]): readonly Found[] {
  const byBooks = new Map<string, readonly Found[]>();
  for (const one of all)
    if (one.books !== null) byBooks.set(one.books, [...(byBooks.get(one.books) ?? []), one]);
  return all.map((one) => {
    const others = (byBooks.get(one.books ?? '') ?? []).filter((other) => other !== one);
    if (others.length === 0) return one;
    const { environment, organization, path } = one.each;
    const whose = { path, organization, environment };
    const problems = [
      twice(
        whose,
        others.map(({ each }) => each.path),
      ),
    ];
    return { ...one, each: resultOf(whose, 3, { problems }) };
  });
}

/** What may be there once. */
export const booksOf = ({ environment, organization }: Whereof): string =>
  JSON.stringify([environment, organization?.id.toLowerCase()]);

/** Says that several files are about the same books. */
export const twice = ({ environment, organization, path }: Whereof, others: readonly string[]): Problem => ({
  ...errorProblem(
    'ORGANIZATION_TWICE',
    `${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} about the same organization, ${organization?.id ?? ''}, in the same environment, ${environment ?? ''}.`,
    { hint: 'Nothing was done for any of them. Keep one, or correct the id in the others.' },
  ),
  file: path,
});
