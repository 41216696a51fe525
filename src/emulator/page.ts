import { type Collection, type Entry, placeOf } from './collection.ts';
import type { Json, JsonObject, Stored } from './json.ts';
import { type Cursor, readPageToken, writePageToken } from './page-token.ts';
import { Refusal } from './refusal.ts';
import type { Switches } from './switches.ts';

/** One request for a page. */
export interface PageRequest {
  /** Organization and path: a token of one list is no token of another. */
  readonly list: string;
  readonly collection: Collection;
  readonly query: JsonObject;
  /** Page size without a limit. */
  readonly limit: number;
  /** A token does not carry the limit: it has to be sent again. */
  readonly resend: boolean;
  readonly sort: string;
  readonly matches: (filters: JsonObject) => (value: Stored) => boolean;
  readonly show: (value: Stored) => Json;
}

const pagingWords = new Set(['limit', 'order', 'sort', 'pagination_token']);

/** A page as the lists answer it. */
export function pageOf(request: PageRequest, switches: Switches): JsonObject {
  const cursor = cursorOf(request, switches);
  const limit = limitOf(request, cursor, switches);
  const asked = { full: limit, short: Math.max(1, limit >> 1), few: Math.min(6, limit) }[switches.page_fill];
  const { entries, more } = collect(request, cursor, asked);
  const [first, last] = [entries[0], entries.at(-1)];
  const backwards = cursor.direction === 'prev';
  const after = backwards || more || (switches.last_page === 'empty_page' && entries.length > 0);
  const before = backwards ? more : cursor.seq >= 0;
  const token = (entry: Entry | undefined, direction: Cursor['direction']): string | null =>
    entry
      ? writePageToken({
          ...cursor,
          limit,
          direction,
          key: request.collection.keyOf(entry.value, cursor.sort),
          seq: entry.seq,
        })
      : null;
  return {
    data: entries.map((each) => request.show(each.value)),
    next_pagination_token: after ? token(last, 'next') : null,
    prev_pagination_token: before ? token(first, 'prev') : null,
  };
}

function cursorOf({ list, query, sort, limit }: PageRequest, switches: Switches): Cursor {
  const text = query.pagination_token;
  if (typeof text === 'string') {
    const found = readPageToken(text, list);
    if (found) return found;
    const detail = {
      loc: ['query', 'pagination_token'],
      msg: 'The pagination token is invalid',
      type: 'value_error',
    };
    throw new Refusal(Number(switches.invalid_page_token), 'invalid_pagination_token', detail.msg, {
      details: [detail],
    });
  }
  const filters = Object.fromEntries(Object.entries(query).filter(([name]) => !pagingWords.has(name)));
  return {
    list,
    sort: typeof query.sort === 'string' ? query.sort : sort,
    order: query.order === 'desc' ? 'desc' : 'asc',
    limit: typeof query.limit === 'number' ? query.limit : limit,
    filters,
    direction: 'next',
    key: null,
    seq: -1,
  };
}

function limitOf({ query, limit, resend }: PageRequest, cursor: Cursor, switches: Switches): number {
  if (query.pagination_token === undefined) return cursor.limit;
  const given = typeof query.limit === 'number' ? query.limit : resend ? limit : cursor.limit;
  if (given === cursor.limit) return given;
  if (switches.limit_with_token === 'used') return given;
  throw new Refusal(
    400,
    'limit_changed',
    `The limit of this list was ${cursor.limit}; send the same with every pagination token`,
  );
}

/** Walks the order from the cursor until the page is full and one more match proves that there is a next one. */
function collect(request: PageRequest, cursor: Cursor, limit: number): { entries: Entry[]; more: boolean } {
  const order = request.collection.sorted(cursor.sort);
  const matches = request.matches(cursor.filters);
  const forwards = cursor.direction === 'next';
  const up = (cursor.order === 'asc') === forwards;
  const entries: Entry[] = [];
  for (let at = startOf(request, order, cursor, up); at >= 0 && at < order.length; at += up ? 1 : -1) {
    const entry = order[at];
    if (!entry || !matches(entry.value)) continue;
    if (entries.length === limit) return { entries: forwards ? entries : entries.reverse(), more: true };
    entries.push(entry);
  }
  return { entries: forwards ? entries : entries.reverse(), more: false };
}

function startOf(request: PageRequest, order: readonly Entry[], cursor: Cursor, up: boolean): number {
  if (cursor.seq < 0) return up ? 0 : order.length - 1;
  const place = placeOf(order, cursor.key, cursor.seq, cursor.sort, request.collection.keyOf);
  if (!up) return place - 1;
  return order[place]?.seq === cursor.seq ? place + 1 : place;
}
