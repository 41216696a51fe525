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

/**
 * All objects of a list, page by page, each id once. Only a missing next token is the end: a short or an empty page is
 * not. Whatever cannot be followed to its end is Incomplete.
 */
export async function* pages(
  list: (page: PageToken) => Promise<Reply<Page>>,
): AsyncGenerator<readonly WireObject[]> {
  const ids = new Set<string>();
  const tokens = new Set<string>();
  for (let page: PageToken = {}; ; ) {
    const { body } = await list(page);
    const objects = objectsOf(body?.data, 'data');
    yield objects.filter((each) => isNew(requiredText(each.id, 'an object’s id'), ids));
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
  for await (const objects of pages(list)) all.push(...objects);
  return all;
}

function isNew(text: string, seen: Set<string>): boolean {
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}
