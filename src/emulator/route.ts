import type { Operation } from './operation.ts';
import { operations } from './operations.gen.ts';
import { Refusal } from './refusal.ts';

/** Where a request goes. */
export interface Route {
  readonly operation: Operation;
  /** Below the prefix. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Paths at the root of the host, without a prefix. */
const atRoot = /^\/(?:openid|identity|auth\/revoke$)/;

/** The path without `/v1` or `/finops/v1`; null where the switch does not serve that prefix. */
export function withoutPrefix(path: string, served: string): string | null {
  if (atRoot.test(path)) return path;
  const [, prefix, rest] = /^\/(v1|finops\/v1)(\/.*)$/.exec(path) ?? [];
  if (prefix === undefined || rest === undefined || rest.startsWith('/openid')) return null;
  const name = prefix === 'v1' ? 'v1' : 'finops';
  return served === 'both' || served === name ? rest : null;
}

/** The operation for a method and path; throws 404, 405, or 501 for one that is not served. */
export function routeOf(method: string, path: string | null): Route {
  const candidates = path === null ? [] : operations.flatMap((each) => matched(each, path));
  const route = candidates.find((each) => each.operation.method === method);
  if (!route) {
    if (candidates.length > 0)
      throw new Refusal(405, 'method_not_allowed', 'this path does not take this method');
    throw new Refusal(404, 'not_found', 'there is no such path');
  }
  if (!route.operation.served) {
    throw new Refusal(501, 'not_served', `${route.operation.id} is not part of the local environment`);
  }
  return route;
}

const segmentsOf = new Map(operations.map((each) => [each, each.path.split('/')]));

function matched(operation: Operation, path: string): readonly Route[] {
  const pattern = segmentsOf.get(operation) ?? [];
  const given = path.split('/');
  if (pattern.length !== given.length) return [];
  const params: Record<string, string> = {};
  for (const [at, segment] of pattern.entries()) {
    const value = given[at] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = decoded(value);
    else if (segment !== value) return [];
  }
  return [{ operation, path, params }];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
