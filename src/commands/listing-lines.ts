import type { Desired } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Live, LiveLine, LivePayable } from '../model/live.ts';
import { lineAddress } from '../model/value.ts';
import type { Notify } from '../observe/each-payable.ts';
import { observe } from '../observe/observe.ts';
import { lineContest } from '../plan/assign.ts';
import { compareCollection } from '../plan/collection-part.ts';
import { findWinners } from '../plan/winners.ts';
import type { Provider } from '../providers/contract.ts';
import type { Listing, Row } from './list.ts';
import { sayOf } from './listing-say.ts';
import { accountsOf, idFilter, needsFor, targetCells } from './listing-words.ts';

/** Statuses in which a line without an account is a gap that can be filled. */
const open: readonly string[] = ['draft', 'new'];

/** What of payables and their lines is asked for. */
export interface LinesWanted {
  /** A payable, or a line as payable/line. */
  readonly id: string | undefined;
  readonly unassigned: boolean;
  readonly notify: Notify;
}

/** Lines of payables with their accounts and what of the file assigns them. */
export async function listLines(wanted: LinesWanted, desired: Desired, provider: Provider): Promise<Listing> {
  const live = await readLines(wanted, provider);
  const kinds = provider.kinds.collections.filter(({ usedIn }) => usedIn.line !== null);
  const accounts = accountsOf(live, kinds);
  const items = desired.assignments.lineItems;
  const { winners } = findWinners(lineContest(items, live));
  const gap = gapIn(live, provider);
  const parts = items.length === 0 ? [] : kinds.map((kind) => compareCollection(kind, desired, live));
  const rows = (live.lines ?? [])
    .filter((each) => !wanted.unassigned || gap(each))
    .map((each): Row => {
      const { line, payable } = each;
      const { amount: _, tax: __, ...texts } = line;
      const item = items[winners.get(each) ?? -1];
      const idOf = ({ usedIn }: CollectionKind) => usedIn.line && line[usedIn.line];
      return {
        document_id: payable.document_id,
        counterpart_name: payable.counterpart_name,
        status: payable.status,
        ...texts,
        id: `${payable.id}/${line.id}`,
        key: item ? lineAddress(payable.id, line.id) : null,
        ...targetCells(kinds, accounts, idOf),
        assigned_by: sayOf(item, parts, idOf),
      };
    });
  const names = kinds.map(({ name }) => name);
  const about = ['document_id', 'counterpart_name', 'status', 'name', 'description'];
  return { columns: [...about, ...names, 'assigned_by', 'id'], rows };
}

/** Payables; with `unassigned` those that have lines without an account, and how many. */
export async function listPayables(wanted: LinesWanted, provider: Provider): Promise<Listing> {
  const columns = ['document_id', 'counterpart_name', 'status', 'currency', 'created_at', 'id'];
  if (!wanted.unassigned) {
    const rows: Row[] = [];
    for await (const each of provider.payables(idFilter(wanted.id))) rows.push(textsOf(each));
    return { columns, rows };
  }
  const live = await readLines(wanted, provider);
  const gap = gapIn(live, provider);
  const gaps = new Map<string, { count: number; of: number }>();
  for (const each of live.lines ?? []) {
    const counts = gaps.get(each.payable.id) ?? { count: 0, of: 0 };
    gaps.set(each.payable.id, { count: counts.count + (gap(each) ? 1 : 0), of: counts.of + 1 });
  }
  const rows = (live.payables?.read ?? []).flatMap((payable): readonly Row[] => {
    const { count, of } = gaps.get(payable.id) ?? { count: 0, of: 0 };
    return count === 0 ? [] : [{ ...textsOf(payable), unassigned_lines: `${count} of ${of}` }];
  });
  return { columns: [...columns.slice(0, -1), 'unassigned_lines', 'id'], rows };
}

function textsOf({ total_amount: _, ...texts }: LivePayable): Row {
  return { ...texts, key: null };
}

function readLines({ id, notify, unassigned }: LinesWanted, provider: Provider): Promise<Live> {
  const [payable] = id?.split('/') ?? [];
  const filter = {
    ...idFilter(payable),
    ...(unassigned ? { status: open } : {}),
  };
  const needs = { ...needsFor('line', provider.kinds), lines: { lists: [filter], wanted: () => true } };
  return observe(needs, provider, notify);
}

/** Whether a line lacks what products need too: its account. A line may well have no tax rate. */
function gapIn(live: Live, { kinds }: Provider): (line: LiveLine) => boolean {
  const needed = kinds.collections.filter(({ usedIn }) => usedIn.product !== null && usedIn.line !== null);
  const accounts = accountsOf(live, needed);
  return ({ line }) =>
    needed.some((kind) => accounts.isGap(kind, kind.usedIn.line && line[kind.usedIn.line]));
}
