import type { Reply, WireObject } from './api.ts';
import { callFailed } from './call-failed.ts';
import { incomplete, objectsOf, requiredText } from './decode.ts';

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
 * not. Whatever cannot be followed to its end is READ_INCOMPLETE.
 */
export async function* pages(
  list: (page: PageToken) => Promise<Reply<Page>>,
): AsyncGenerator<readonly WireObject[]> {
  const ids = new Set<string>();
  const tokens = new Set<string>();
  for (let page: PageToken = {}; ; ) {
    const { body, requestId } = await list(page);
    const objects = objectsOf(body?.data, 'data');
    yield objects.filter((each) => isNew(requiredText(each.id, 'an object’s id'), ids));
    const next = body?.next_pagination_token ?? '';
    if (next === '') return;
    if (typeof next !== 'string') throw incomplete('next_pagination_token should be text');
    if (!isNew(next, tokens) || tokens.size >= mostPages) throw endless(tokens.size, requestId);
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

const endless = (count: number, requestId: string | null) =>
  callFailed('READ_INCOMPLETE', `The API’s list does not end: its pages repeat, or are more than ${count}.`, {
    requestId,
  });
