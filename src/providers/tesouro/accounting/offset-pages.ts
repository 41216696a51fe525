import type { Reply, WireObject } from '../api.ts';
import { objectsOf, requiredText } from '../decode.ts';
import { incomplete } from '../incomplete.ts';

/** The largest page of the lists that count from an offset. */
export const offsetLimit = 500;
const mostPages = 10_000;

/**
 * All objects of a list that is paged by offset and tells neither a total nor a next page, each id once. Only an empty page
 * is its end: a short one may be the service’s own limit.
 */
export async function* offsetPages(
  list: (page: {
    readonly limit: number;
    readonly offset: number;
  }) => Promise<Reply<{ readonly data: unknown }>>,
): AsyncGenerator<readonly WireObject[]> {
  const ids = new Set<string>();
  let offset = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const { body } = await list({ limit: offsetLimit, offset });
    const objects = objectsOf(body?.data, 'data');
    if (objects.length === 0) return;
    const fresh = objects.filter(({ id }) => !ids.has(requiredText(id, 'a document’s id')));
    // The offset is ignored: then what came first is everything, unless it was a full page.
    if (fresh.length === 0 && page === 1 && objects.length < offsetLimit) return;
    if (fresh.length === 0) throw incomplete('its pages repeat');
    for (const { id } of fresh) ids.add(String(id));
    yield fresh;
    offset += objects.length;
  }
  throw incomplete(`it has more than ${mostPages} pages`);
}
