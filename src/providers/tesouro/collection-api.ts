import type { CollectionKind } from '../../model/kind.ts';
import type { Api, Reply, WireObject } from './api.ts';
import type { PageToken } from './pages.ts';

/** What a page of a collection is asked with. */
export interface CollectionQuery extends PageToken {
  readonly is_external?: boolean;
}

/** The calls of one collection kind. `fields` are already in the API's form. */
export interface CollectionApi {
  readonly kind: CollectionKind;
  list(api: Api, query: CollectionQuery): Promise<Reply<{ data: unknown; next_pagination_token: unknown }>>;
  read(api: Api, id: string): Promise<Reply>;
  create(api: Api, fields: WireObject): Promise<Reply>;
  update(api: Api, id: string, fields: WireObject): Promise<Reply>;
  remove(api: Api, id: string): Promise<Reply<unknown>>;
}
