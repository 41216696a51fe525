import type { Kinds } from '../model/kind.ts';
import type { Covered, SeenPushes, Use } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import type { Proposal } from './propose.ts';
import { countText, listText } from './words.ts';

/** Warnings that are told with how much uses the object. */
const countedCodes: ReadonlySet<ProblemCode> = new Set(['TAX_RATE_CHANGED', 'CODE_CHANGED']);

/** Collection to the ids of the objects whose change existing documents may feel. */
export function idsToCount(
  changes: readonly Change[],
  kinds: Kinds,
): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { id, kind, warnings } of changes) {
    const collection = kinds.collections.find(({ name }) => name === kind)?.collection;
    if (id === null || !collection || !warnings.some(({ code }) => countedCodes.has(code))) continue;
    ids.set(collection, (ids.get(collection) ?? new Set()).add(id));
  }
  return ids;
}

/** Whether the plan gives payment records another account than those that were pushed already have. */
export const changesPayments = (changes: readonly Change[]): boolean =>
  changes.some(({ warnings }) => warnings.some(({ code }) => code === 'PAYMENTS_ACCOUNT_CHANGED'));

/** What was found out about the use of what changes. */
export interface Impact {
  readonly uses: readonly Use[];
  /** Where all uses were searched; elsewhere there may be more. */
  readonly covered: Covered;
  /** Payment records that were pushed already; null where nobody counted them. */
  readonly pushedPayments: SeenPushes | null;
}

/** Says in the warnings of changes how many products, invoices, lines and settings they concern, as far as that was read. */
export function withImpact(proposal: Proposal, impact: Impact, kinds: Kinds): Proposal {
  const byId = new Map<string, Use[]>();
  for (const use of impact.uses) {
    const others = byId.get(use.id);
    if (others) others.push(use);
    else byId.set(use.id, [use]);
  }
  const changes = proposal.changes.map((change) => {
    const tell = (warning: Problem): Problem => {
      if (countedCodes.has(warning.code) && change.id !== null)
        return told(warning, change, byId.get(change.id) ?? [], impact.covered, kinds);
      if (warning.code === 'PAYMENTS_ACCOUNT_CHANGED' && impact.pushedPayments !== null)
        return { ...warning, message: pushedText(impact.pushedPayments, warning.message) };
      return warning;
    };
    return change.warnings.length === 0 ? change : { ...change, warnings: change.warnings.map(tell) };
  });
  return { ...proposal, changes };
}

function told(
  warning: Problem,
  { kind: name }: Change,
  uses: readonly Use[],
  covered: Covered,
  kinds: Kinds,
): Problem {
  const kind = kinds.collections.find((each) => each.name === name);
  if (!kind) return warning;
  const places = placesOf(
    kind.usedIn,
    kinds.settings.some(({ collection }) => collection === kind.collection),
  );
  const all = places.every((by) => covered[by]);
  const counted = countsOf(uses);
  const counts = counted.map(({ by, count }) => countText(count, nouns[by]));
  const verb = counted.length === 1 && counted[0]?.count === 1 ? 'uses' : 'use';
  if (all) {
    const who = counts.length > 0 ? `${listText(counts, 4)} ${verb} it` : `No ${anyOf(places)} uses it`;
    const message = `${warning.message} ${who}; receipts, credit notes, quotes and card transactions were not searched.`;
    return { ...warning, message };
  }
  const least = counts.length === 0 ? '' : ` At least ${listText(counts, 4)} ${verb} it.`;
  const hint = [warning.hint, 'To count all that use it: --impact.'].filter(Boolean).join(' ');
  return { ...warning, message: `${warning.message}${least}`, hint };
}

type By = Use['by'];

const nouns: Readonly<Record<By, { readonly one: string; readonly many: string }>> = {
  product: { one: 'product', many: 'products' },
  invoice: { one: 'invoice', many: 'invoices' },
  line_item: { one: 'payable line', many: 'payable lines' },
  setting: { one: 'setting', many: 'settings' },
};

const order: readonly By[] = ['product', 'invoice', 'line_item', 'setting'];

const placesOf = (
  { product, line }: Kinds['collections'][number]['usedIn'],
  isSet: boolean,
): readonly By[] => [
  ...(product === null ? [] : (['product'] as const)),
  ...(line === null ? [] : (['invoice', 'line_item'] as const)),
  ...(isSet ? (['setting'] as const) : []),
];

/** An invoice counts once, however many of its lines use the object; a line of a payable is what it is. */
function countsOf(uses: readonly Use[]): readonly { readonly by: By; readonly count: number }[] {
  return order.flatMap((by) => {
    const users = uses.flatMap((use) => (use.by === by ? [use.freedBy ?? use.userId] : []));
    const count = new Set(users).size;
    return count === 0 ? [] : [{ by, count }];
  });
}

function anyOf(places: readonly By[]): string {
  const words = places.map((by) => nouns[by].one);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function pushedText(seen: SeenPushes, message: string): string {
  if (seen.status === 'failed')
    return `${message} How many there are could not be counted: ${seen.why.message}`;
  const { count } = seen;
  if (count === 0) return `${message} None was pushed so far.`;
  const records = countText(count, { one: 'payment record', many: 'payment records' });
  return count === 1
    ? `${records} that was already pushed keeps the old payments account.`
    : `${records} that were already pushed keep the old payments account.`;
}
