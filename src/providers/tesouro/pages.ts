import type { Reply, WireObject } from './api.ts';
import { objectsOf, requiredText } from './decode.ts';
import { incomplete } from './incomplete.ts';

/** What every page of one list is asked with, besides its filters: always the same limit. */
export interface PageToken {
  readonly pagination_token?: string;
}

interface Page {
  readonly data: unknown;
  readonly next_pagination_token: unknown;
}

const mostPages = 10_000;

/** How much of a list is read. What has more would not fit into memory; a service that never ends has more. */
interface Most {
  readonly objects: number;
  readonly megabytes: number;
}

const mostPassing: Most = { objects: 1_000_000, megabytes: 1024 };
const mostKept: Most = { objects: 500_000, megabytes: 128 };

/**
 * All objects of a list, page by page, each id once. Only a missing next token is the end: a short or an empty page is
 * not. Whatever cannot be followed to its end is Incomplete.
 */
export async function* pages(
  list: (page: PageToken) => Promise<Reply<Page>>,
  most: Most = mostPassing,
): AsyncGenerator<readonly WireObject[]> {
  const ids = new Set<string>();
  const tokens = new Set<string>();
  let characters = 0;
  for (let page: PageToken = {}; ; ) {
    const { body, length } = await list(page);
    characters += length;
    if (characters > most.megabytes * 1024 * 1024) throw incomplete(`it has more than ${most.megabytes} MB`);
    const objects = objectsOf(body?.data, 'data');
    yield objects.filter((each) => isNew(requiredText(each.id, 'an object’s id'), ids));
    if (ids.size > most.objects) throw incomplete(`it has more than ${most.objects} objects`);
    const next = body?.next_pagination_token ?? '';
    if (next === '') return;
    if (typeof next !== 'string') throw incomplete('next_pagination_token should be text');
    if (!isNew(next, tokens)) throw incomplete('its pages repeat');
    if (tokens.size >= mostPages) throw incomplete(`it has more than ${mostPages} pages`);
    page = { pagination_token: next };
  }
}

/** All objects of a list at once. */
export async function allPages(
  list: (page: PageToken) => Promise<Reply<Page>>,
): Promise<readonly WireObject[]> {
  const all: WireObject[] = [];
  // Not all at once: there may be more of them than a call can have arguments.
  for await (const objects of pages(list, mostKept)) for (const each of objects) all.push(each);
  return all;
}

/** Whether a text was not seen yet; from now on it is. */
export function isNew(text: string, seen: Set<string>): boolean {
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}
