import type { Reply, WireObject } from '../api.ts';
import { foreignIdOf, objectsOf, requiredText } from '../decode.ts';
import { incomplete } from '../incomplete.ts';
import { isNew } from '../pages.ts';

/** The largest page of the lists that count from an offset. */
export const offsetLimit = 500;
/** What a service that ignores the limit hands out at once. */
const usualLimit = 100;
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
    const fresh = objects.filter(({ id }) =>
      isNew(requiredText(foreignIdOf(id, 'id'), 'a document’s id'), ids),
    );
    // The offset is ignored or cut: then everything has come, unless it was a full page that might hide more.
    const mayHideMore = objects.length >= offsetLimit || objects.length === usualLimit;
    if (fresh.length === 0 && !mayHideMore) return;
    if (fresh.length === 0) throw incomplete('its pages repeat');
    yield fresh;
    offset += objects.length;
  }
  throw incomplete(`it has more than ${mostPages} pages`);
}
