import { randomUUID } from 'node:crypto';
import type { RawAnswer, RawRequest } from './api.ts';
import type { Fault } from './faults.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

const otherOrganization = 'b0b0b000-0000-4000-8000-000000000000';

/** The answer of a planned status. */
export function failureAnswer(fault: Fault, now: Date): RawAnswer {
  const { code = 500 } = fault;
  const message = code === 429 ? 'API rate limit exceeded' : `Planned failure with status ${code}`;
  return {
    status: code,
    headers: {
      'content-type': 'application/json',
      'x-request-id': randomUUID(),
      ...pauseHeaders(fault, now),
    },
    body: JSON.stringify(code === 429 ? { message } : { error: { message } }),
    operation: null,
    rejected: false,
  };
}

function pauseHeaders({ retryAfter, retryDate, rateLimit }: Fault, now: Date): Record<string, string> {
  const date = retryDate === undefined ? null : new Date(now.getTime() + retryDate * 1000).toUTCString();
  const pause = date ?? (retryAfter === undefined ? null : String(retryAfter));
  const limit = {
    'ratelimit-limit': String(rateLimit),
    'ratelimit-remaining': '0',
    'ratelimit-reset': '1',
    'x-ratelimit-limit-second': String(rateLimit),
    'x-ratelimit-remaining-second': '0',
  };
  return { ...(pause === null ? {} : { 'retry-after': pause }), ...(rateLimit === undefined ? {} : limit) };
}

/** The answer as the fault distorts it. */
export function withFault(fault: Fault, answer: RawAnswer, now: Date): RawAnswer {
  switch (fault.kind) {
    case 'status':
      return failureAnswer(fault, now);
    case 'not-json':
      return { ...answer, body: '<html><body>Bad gateway</body></html>' };
    case 'wrong-content-type':
      return withHeader(answer, 'content-type', 'text/html');
    case 'wrong-organization':
      return withHeader(answer, 'x-organization-id', otherOrganization);
    case 'refuse-connection':
      return withHeader(answer, 'connection', 'close');
    default:
      return answer;
  }
}

const withHeader = (answer: RawAnswer, name: string, value: string): RawAnswer => ({
  ...answer,
  headers: { ...answer.headers, [name]: value },
});

/** The request as if another value had been sent, where it has a JSON body. */
export function askedOtherwise(request: RawRequest, { field, value }: Fault): RawRequest {
  const body = jsonOf(request.body);
  if (field === undefined || !isObject(body)) return request;
  const stored = value === undefined ? null : (jsonOf(value) ?? (value === 'null' ? null : value));
  return { ...request, body: JSON.stringify(withMember(body, field.split('.'), stored)) };
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withMember(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = object[name];
  return { ...object, [name]: withMember(isObject(inner) ? inner : {}, rest, value) };
}
