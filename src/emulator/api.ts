import { randomUUID } from 'node:crypto';
import { carryOutDue } from './accounting/carry-out-due.ts';
import type { Answer, World } from './call.ts';
import { checkedBody, checkedQuery, checkPath, NullRefused } from './check.ts';
import type { Json } from './json.ts';
import { DataInUse } from './lock-file.ts';
import type { Operation } from './operation.ts';
import { handlers } from './operations/operations.ts';
import type { Limiter, Verdict } from './rate-limit.ts';
import { Refusal, refusalBody } from './refusal.ts';
import { checkOrganization, checkVersion } from './request-headers.ts';
import { type Route, routeOf, withoutPrefix } from './route.ts';

/** A request as it came in. */
export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An answer as it goes out. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: no body. */
  readonly body: string | null;
  /** Null where there is no such operation. */
  readonly operation: string | null;
  /** Refused by the OpenAPI document. */
  readonly rejected: boolean;
}

/** The API: a request in, an answer out, everything in between done at once. */
export type Api = (request: RawRequest) => RawAnswer;

/** The API over a world. */
export function createApi(world: World, limiter: Limiter): Api {
  return (request) => {
    const started = performance.now();
    const progress: Progress = { operation: null, verdict: null };
    const { status, body, rejected, retryAfter } = outcomeOf(request, world, limiter, progress);
    const text = body === null ? null : JSON.stringify(body);
    const headers = {
      ...(text === null ? {} : { 'content-type': 'application/json' }),
      ...(retryAfter === null ? {} : { 'retry-after': String(retryAfter) }),
      ...limitHeaders(progress.verdict, world),
      ...answerHeaders(request, world, performance.now() - started),
    };
    return { status, headers, body: text, operation: progress.operation, rejected };
  };
}

interface Progress {
  operation: string | null;
  verdict: Verdict | null;
}

interface Outcome extends Answer {
  readonly rejected: boolean;
  readonly retryAfter: number | null;
}

function outcomeOf(request: RawRequest, world: World, limiter: Limiter, progress: Progress): Outcome {
  try {
    return { ...carriedOut(request, world, limiter, progress), rejected: false, retryAfter: null };
  } catch (error) {
    if (!(error instanceof Refusal)) return brokenDown(error);
    const { status, retryAfter, details } = error;
    const rejected =
      details.length > 0 && (status === 422 || status === 416) && !(error instanceof NullRefused);
    return { status, body: refusalBody(error, world.switches), rejected, retryAfter };
  }
}

/** The emulator's own failure, such as a full disk: nothing was changed. A client that meets data in use need not look. */
const brokenDown = (error: unknown): Outcome => ({
  status: error instanceof DataInUse ? 409 : 500,
  body: {
    error: {
      message: `the local environment failed: ${error instanceof Error ? error.message : String(error)}`,
    },
  },
  rejected: false,
  retryAfter: null,
});

function carriedOut(request: RawRequest, world: World, limiter: Limiter, progress: Progress): Answer {
  const { switches, tokens } = world;
  const path = withoutPrefix(request.url.pathname, switches.path_prefix);
  const isTokenCall = path === '/auth/token' || path === '/openid/connect/token';
  if (!isTokenCall || switches.rate_limit_tokens === 'counted') count(limiter, world, progress);
  const route = routeOf(request.method, path);
  const { operation } = route;
  progress.operation = operation.id;
  if (!operation.open) tokens.check(request.headers.authorization);
  if (operation.version) checkVersion(request.headers, switches);
  const organization = checkOrganization(route, request.headers, world);
  checkPath(operation, route.params);
  const query = checkedQuery(operation, request.url.searchParams, switches);
  const body =
    operation.mediaType === null
      ? noBody(request)
      : checkedBody(operation, bodyOf(request, operation), switches);
  if (organization !== '') carryOutDue(organization, world);
  return handlerOf(route)({ ...route, query, body, organization }, world);
}

function count(limiter: Limiter, { now }: World, progress: Progress): void {
  const verdict = limiter(now().getTime());
  progress.verdict = verdict;
  if (verdict.allowed) return;
  const fixed = { message: 'API rate limit exceeded' };
  throw new Refusal(429, 'rate_limit', fixed.message, { fixed, retryAfter: verdict.reset });
}

function handlerOf({ operation }: Route) {
  const handler = handlers[operation.id];
  if (!handler) throw new Error(`no handler for ${operation.id}`);
  return handler;
}

function noBody({ body }: RawRequest): Readonly<Record<string, Json>> {
  if (body === '') return {};
  const detail = { loc: ['body'], msg: 'This call takes no body', type: 'value_error.extra' };
  throw new Refusal(422, 'validation_error', detail.msg, { details: [detail] });
}

function bodyOf({ headers, body }: RawRequest, { mediaType }: Operation): Json {
  const given = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  try {
    if (given !== mediaType) throw new SyntaxError(`The content type must be ${mediaType}`);
    if (mediaType === 'application/json') return JSON.parse(body);
    return Object.fromEntries(new URLSearchParams(body));
  } catch (error) {
    const msg = error instanceof Error ? error.message : String(error);
    throw new Refusal(422, 'validation_error', msg, {
      details: [{ loc: ['body'], msg, type: 'value_error.jsondecode' }],
    });
  }
}

function limitHeaders(verdict: Verdict | null, { switches, now }: World): Readonly<Record<string, string>> {
  if (verdict === null) return {};
  const { limit, remaining, reset } = verdict;
  const until = switches.rate_limit_reset === 'seconds' ? reset : Math.ceil(now().getTime() / 1000) + reset;
  const standard = {
    'ratelimit-limit': `${limit}`,
    'ratelimit-remaining': `${remaining}`,
    'ratelimit-reset': `${until}`,
  };
  const perSecond = {
    'x-ratelimit-limit-second': `${limit}`,
    'x-ratelimit-remaining-second': `${remaining}`,
  };
  const wanted = switches.rate_limit_headers;
  return {
    ...(wanted === 'both' || wanted === 'standard' ? standard : {}),
    ...(wanted === 'both' || wanted === 'per_second' ? perSecond : {}),
  };
}

function answerHeaders(
  request: RawRequest,
  { switches }: World,
  ms: number,
): Readonly<Record<string, string>> {
  const organization = request.headers['x-organization-id'];
  const version = request.headers['x-finops-version'] ?? request.headers['x-tesouro-version'];
  const header = switches.version_answer_header;
  return {
    'x-request-id': randomUUID(),
    'x-process-time': switches.process_time === 'seconds' ? (ms / 1000).toFixed(6) : `${ms.toFixed(3)}ms`,
    ...(organization === undefined ? {} : { 'x-organization-id': organization }),
    ...(version === undefined || header === 'none' ? {} : { [header]: version }),
  };
}
