import { callFailed } from './call-failed.ts';
import { errorWords } from './error-body.ts';
import { failureOf } from './judge.ts';
import { requestIdOf } from './request-id.ts';
import { canBeSecret, Secret } from './secret.ts';
import type { Call, LastAnswer, Send } from './send.ts';
import { otherVersionHeader, versionHeader } from './version-header.ts';

/** A client's own credentials. */
export interface ClientCredentials {
  readonly id: string;
  readonly secret: Secret;
  /** Where tokens are had; null: at the API's base URL, or else at its host. */
  readonly tokenUrl: string | null;
}

/** A token and how many seconds it lasts. */
export interface Token {
  readonly token: Secret;
  readonly seconds: number;
}

const oidc = '/openid/connect/token';
const assumedSeconds = 300;

/** Exchanges credentials for tokens, and keeps to the endpoint that had one. */
export function tokenRequest(
  credentials: ClientCredentials,
  baseUrl: string,
  send: Send,
): () => Promise<Token> {
  let endpoints =
    credentials.tokenUrl === null
      ? [`${baseUrl}/auth/token`, `${new URL(baseUrl).origin}${oidc}`]
      : [credentials.tokenUrl];
  return async () => {
    let missing: LastAnswer | null = null;
    for (const url of endpoints) {
      const answer = await send(callOf(url, credentials));
      if (answer.status === 404 || answer.status === 405) {
        missing = answer;
        continue;
      }
      const token = tokenOf(answer);
      endpoints = [url];
      return token;
    }
    throw noEndpoint(endpoints, missing);
  };
}

function callOf(url: string, { id, secret }: ClientCredentials): Call {
  const { pathname } = new URL(url);
  const form = pathname.endsWith(oidc);
  const body = secret.within((text) => {
    const content = { grant_type: 'client_credentials', client_id: id, client_secret: text };
    return form ? new URLSearchParams(content).toString() : JSON.stringify(content);
  });
  return {
    operation: `POST ${form ? oidc : '/auth/token'}`,
    method: 'POST',
    url,
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      accept: 'application/json',
      ...versionHeader,
      ...otherVersionHeader,
    },
    body,
    answer: 'secret',
    repeat: 'always',
    urgency: 'token',
    isLast: () => false,
    barred: () => null,
  };
}

function tokenOf(answer: LastAnswer): Token {
  const operation = 'the exchange of the client’s credentials for a token';
  const { status } = answer;
  if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
    const words = errorWords(answer.text);
    throw callFailed(
      'AUTH_FAILED',
      `The API refused the credentials with ${status}${words === '' ? '.' : `: ${words}`}`,
      {
        ...detailsOf(answer),
        hint: 'Check TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET, and that they are of this environment.',
      },
    );
  }
  if (status < 200 || status > 299) throw failureOf(answer, operation, 'refused');
  const members = membersOf(answer.sealed?.reveal() ?? '');
  const text = members.access_token;
  // It becomes a header, and what cannot be one is named in the system's words, which nobody may read.
  if (typeof text !== 'string' || !canBeSecret(text))
    throw callFailed('AUTH_FAILED', `The answer to ${operation} holds no access_token that can be one.`, {
      ...detailsOf(answer),
      hint: 'Check TESOURO_API_URL and TESOURO_TOKEN_URL.',
    });
  // An object may have no form as a number at all.
  const { expires_in: lasts } = members;
  const seconds = typeof lasts === 'string' || typeof lasts === 'number' ? Number(lasts) : Number.NaN;
  return {
    token: new Secret(text),
    seconds: seconds > 0 && Number.isFinite(seconds) ? seconds : assumedSeconds,
  };
}

const detailsOf = (answer: LastAnswer) =>
  ({ certainty: 'refused', status: answer.status, requestId: requestIdOf(answer.headers) }) as const;

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function noEndpoint(endpoints: readonly string[], answer: LastAnswer | null) {
  return callFailed(
    'WRONG_BASE_URL',
    `Nobody hands out tokens at ${endpoints.join(' or ')} (${answer?.status ?? 404}).`,
    {
      certainty: 'refused',
      status: answer?.status ?? null,
      requestId: answer ? requestIdOf(answer.headers) : null,
      hint: 'Check TESOURO_API_URL (it ends in /v1 or /finops/v1), or name the endpoint with TESOURO_TOKEN_URL.',
    },
  );
}
