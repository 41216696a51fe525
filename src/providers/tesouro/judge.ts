import { type CallFailed, callFailed } from './call-failed.ts';
import { errorWords, oneLine } from './error-body.ts';
import { requestIdOf } from './request-id.ts';
import type { Answer } from './transport.ts';

/** Answers that prove that nothing was created; after any other than a success nobody knows. */
const provesNothingCreated = new Set([400, 401, 403, 404, 405, 406, 409, 422, 429]);

/** What an answer that is no success proves about a write. */
export function certaintyOf(method: string, status: number): CallFailed['certainty'] {
  if (provesNothingCreated.has(status)) return 'refused';
  const definitive = status >= 400 && status < 500;
  return method !== 'POST' && definitive ? 'refused' : 'lost';
}

/** The failure that an answer other than a success stands for, in the API's words. */
export function failureOf(answer: Answer, operation: string, certainty: CallFailed['certainty']): CallFailed {
  const { status } = answer;
  const details = {
    certainty,
    status,
    requestId: requestIdOf(answer.headers),
    retryAfter: answer.headers.get('retry-after'),
  };
  const words = errorWords(answer.text);
  const said = words === '' ? '.' : `: ${words}`;
  if (status >= 300 && status < 400) {
    const target = placeOf(answer.headers.get('location'));
    return callFailed('API_ANSWER', `The API answered ${operation} with ${status} and points to ${target}.`, {
      ...details,
      hint: 'Redirects are not followed. Set TESOURO_API_URL to the API’s own address.',
    });
  }
  if (status === 429) {
    const hint =
      'The request budget is shared by everything that runs with this client id. Run again later, or use --rate-limit.';
    return callFailed('API_LIMIT', `The API’s limit of requests kept refusing ${operation}${said}`, {
      ...details,
      hint,
    });
  }
  if (status >= 400 && status < 500)
    return callFailed('API_REFUSED', `The API refused ${operation} with ${status}${said}`, details);
  return callFailed('API_ANSWER', `The API answered ${operation} with ${status}${said}`, {
    ...details,
    hint: 'The service failed, whatever the configuration says. Run again later; Tesouro can look the request up by its id.',
  });
}

/** Host and path of a redirect alone: what stands before and behind them may be a credential. */
const placeOf = (location: string | null): string =>
  oneLine((location ?? 'nowhere').replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//'));
