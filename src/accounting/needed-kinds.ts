import type { CollectionKind, Kinds } from '../model/kind.ts';

/** The account without which no product, and no line of a payable, can be pushed: the one kind that both point to. */
export const accountKind = ({ collections }: Kinds): CollectionKind =>
  known(collections.find(({ usedIn }) => usedIn.product !== null && usedIn.line !== null));

/** The rate that a line may have in place of the one that is found by its value. */
export const rateKind = ({ collections }: Kinds): CollectionKind =>
  known(collections.find(({ rate }) => rate !== undefined));

function known(kind: CollectionKind | undefined): CollectionKind {
  if (kind) return kind;
  throw new Error('no kind is an account, or none is a rate');
}
