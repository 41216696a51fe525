import { CallFailed, callFailed } from './call-failed.ts';
import { errorWords } from './error-body.ts';
import { certaintyOf, failureOf } from './judge.ts';
import { requestIdOf } from './request-id.ts';
import type { Secret } from './secret.ts';
import type { Call, LastAnswer, Send } from './send.ts';
import type { Tokens } from './tokens.ts';
import type { Answer, Outgoing } from './transport.ts';

/** A request to the API, named by its operation; only credentials are missing. */
export interface ApiCall extends Omit<Outgoing, 'answer'> {
  readonly operation: string;
  /** Its body was made from what was stored a moment ago: a repetition needs a new one. */
  readonly fromStored: boolean;
  /** It starts something and makes no object: a success is one, whatever its answer looks like. */
  readonly starts: boolean;
}

/** Carries a call out: a success with a readable body, or CallFailed. A DELETE of what is gone is a success. */
export type CallApi = (call: ApiCall) => Promise<Answer>;

export interface CallParts {
  readonly send: Send;
  readonly tokens: Tokens;
  readonly organizationId: string;
  readonly baseUrl: string;
}

/** Calls with the token of the moment, renewed once for a call that finds it expired. */
export function createCall(parts: CallParts): CallApi {
  let wrong: CallFailed | null = null;
  let found = false;
  const { organizationId } = parts;
  const rules = {
    isLast: (answer: Answer) => strangerIn(answer, organizationId) !== null,
    // Nothing is sent any more once another organization has answered.
    barred: () => wrong?.asUnsent() ?? null,
  };
  return async (call) => {
    const bar = rules.barred();
    if (bar) throw bar;
    const answer = await authorized({ ...call, ...rules }, parts);
    const stranger = strangerIn(answer, organizationId);
    if (stranger !== null) {
      const failure = wrongOrganization(stranger, answer, call, parts);
      wrong ??= failure;
      throw failure;
    }
    if (answer.status === 404 && !found) throw wrongBaseUrl(answer, call, parts);
    found = true;
    return judged(answer, call);
  };
}

type RuledCall = ApiCall & Pick<Call, 'isLast' | 'barred'>;

async function authorized(call: RuledCall, { send, tokens }: CallParts): Promise<LastAnswer> {
  const token = await failing(tokens.current(), (error) => error.asUnsent());
  const answer = await send(withToken(call, token, 'normal'));
  if (!rejected(answer) || call.isLast(answer)) return answer;
  if (!tokens.renewable) throw authFailed(answer, call, 'Set TESOURO_ACCESS_TOKEN to a new one.');
  // What an earlier attempt may have done is not undone by a later failure.
  const known = (error: CallFailed): CallFailed => (answer.uncertain ? error.asLost() : error);
  const renewed = await failing(tokens.renew(token), known);
  const second = await failing(send(withToken(call, renewed, 'retry')), known);
  const both = { ...second, uncertain: answer.uncertain || second.uncertain };
  if (!rejected(both) || call.isLast(both)) return both;
  const hint =
    'The token was new. Check that the credentials are of this environment and may use this organization.';
  throw authFailed(both, call, hint);
}

async function failing<T>(work: Promise<T>, as: (error: CallFailed) => CallFailed): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CallFailed ? as(error) : error;
  }
}

const withToken = (call: RuledCall, token: Secret, urgency: Call['urgency']): Call => ({
  ...call,
  headers: { ...call.headers, authorization: token.within((text) => `Bearer ${text}`) },
  answer: 'data',
  repeat: call.fromStored ? 'never' : call.method === 'POST' ? 'undone' : 'always',
  urgency,
});

/** An expired token is told by 400 and its own message; any other bad one by 401. */
const rejected = ({ status, text }: Answer): boolean =>
  status === 401 || (status === 400 && /\btoken\b.*\bexpired\b/i.test(errorWords(text)));

function authFailed(answer: LastAnswer, call: ApiCall, hint: string): CallFailed {
  const words = errorWords(answer.text);
  const said = words === '' ? '.' : `: ${words}`;
  return callFailed(
    'AUTH_FAILED',
    `The API rejected the token for ${call.operation} with ${answer.status}${said}`,
    {
      status: answer.status,
      requestId: requestIdOf(answer.headers),
      certainty: answer.uncertain ? 'lost' : 'refused',
      hint,
    },
  );
}

/** Another organization that an answer names; null where it names ours or none. */
function strangerIn(answer: Answer, organizationId: string): string | null {
  const other = (answer.headers.get('x-organization-id') ?? '').trim();
  return other === '' || other.toLowerCase() === organizationId.toLowerCase() ? null : other;
}

function wrongOrganization(
  stranger: string,
  answer: LastAnswer,
  call: ApiCall,
  { organizationId }: CallParts,
): CallFailed {
  const shown = stranger.replace(/[^\w-]/g, '').slice(0, 60);
  return callFailed(
    'WRONG_ORGANIZATION',
    `Organization ${shown} answered ${call.operation}, not ${organizationId}.`,
    {
      status: answer.status,
      requestId: requestIdOf(answer.headers),
      hint: 'Check that the credentials belong to this organization. Nothing more was sent.',
    },
  );
}

function wrongBaseUrl(answer: LastAnswer, call: ApiCall, parts: CallParts): CallFailed {
  const { origin, pathname } = new URL(parts.baseUrl);
  const others = ['/v1', '/finops/v1'].filter((each) => each !== pathname);
  const words = errorWords(answer.text);
  const said = words === '' ? '.' : `: ${words}`;
  return callFailed(
    'WRONG_BASE_URL',
    `${parts.baseUrl} answered the very first call, ${call.operation}, with 404${said}`,
    {
      status: 404,
      requestId: requestIdOf(answer.headers),
      certainty: answer.uncertain ? 'lost' : 'refused',
      hint: `The path may be wrong: try TESOURO_API_URL=${origin}${others.join(' or ')}. If it is right, check the organization’s id.`,
    },
  );
}

function judged(answer: LastAnswer, call: ApiCall): Answer {
  const { status } = answer;
  if (call.method === 'DELETE' && status === 404) return { ...answer, status: 204, text: '' };
  if (status < 200 || status > 299) {
    const certainty = answer.uncertain ? 'lost' : certaintyOf(call.method, status);
    throw failureOf(answer, call.operation, certainty);
  }
  if (call.method === 'DELETE') return { ...answer, text: '' };
  if (isJson(answer)) return answer;
  // An update was carried out, whatever its answer looks like: what is stored will be read. All else is unusable.
  if (call.method === 'PATCH' || call.starts) return { ...answer, text: '' };
  throw callFailed(
    'API_ANSWER',
    `The API answered ${call.operation} with ${status}, but not with readable JSON.`,
    {
      status,
      requestId: requestIdOf(answer.headers),
      hint: 'Check TESOURO_API_URL, and proxies on the way.',
    },
  );
}

function isJson({ headers, text }: Answer): boolean {
  if (!/\bjson\b/i.test(headers.get('content-type') ?? '')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
