import { choice, type Switch } from './switch.ts';

type Lag = 'none' | `${number}ms` | `${number}reads`;
const lag: Switch<Lag> = {
  about:
    'How long a list goes on showing what was before a write: so many milliseconds, or so many further reads of the list.',
  fallback: 'none',
  values: ['none', '500ms', '2reads'],
  form: /^(?:none|[1-9]\d{0,6}(?:ms|reads))$/,
};

const lifetime: Switch<`${number}`> = {
  about: 'Seconds that an access token lives.',
  fallback: '1800',
  values: ['1800', '3600', '86400'],
  form: /^[1-9]\d{0,6}$/,
};

/** Switches of tokens and of permission. */
export const tokensSwitches = {
  path_prefix: choice('Which path prefixes answer: `/v1`, `/finops/v1` or both.', 'both', 'v1', 'finops'),
  token_endpoint: choice(
    'Which token endpoint answers: `/auth/token` (JSON), `/openid/connect/token` (form) or both; the other one is 404.',
    'both',
    'json',
    'oidc',
  ),
  token_lifetime: lifetime,
  user_tokens: choice('Whether the token endpoint gives tokens to organization users.', 'refused', 'given'),
  oidc_errors: choice(
    'Error body of the OIDC token endpoint: the error envelope, or `{"error":"invalid_client"}` as OAuth has it.',
    'envelope',
    'oauth',
  ),
  expired_token: choice('Status for an expired token.', '400', '401'),
  write_permission: choice(
    'Whether the token may write tax rates and ledger accounts; if not, 403.',
    'granted',
    'missing',
  ),
} as const;

/** Switches of what a request must be. */
export const requestsSwitches = {
  version_header: choice(
    'Name of the version header of a request.',
    'x-finops-version',
    'x-tesouro-version',
    'either',
  ),
  missing_version: choice('Answer to a request without the version header.', '400', '422', 'accepted'),
  unknown_version: choice('Answer to a version date that does not exist.', 'accepted', '400'),
  organization_header: choice(
    'Status when the organization header is absent or no UUID.',
    '400',
    '403',
    '422',
  ),
  unknown_organization: choice(
    'Whether an organization that was never seen exists (empty) or is refused.',
    'created',
    'refused',
  ),
  foreign_status: choice(
    "Status for another organization's object, and for an organization that is refused.",
    '404',
    '403',
  ),
  unknown_members: choice(
    'Members that the OpenAPI document neither names nor forbids (tax rates, ledger accounts): refused with 422, or ignored.',
    'refused',
    'ignored',
  ),
  null_in_patch: choice(
    'A null for a member that a PATCH body may not have null: it clears the value, is ignored, or is refused with 422.',
    'cleared',
    'ignored',
    'refused',
  ),
  empty_patch: choice('Answer to a PATCH of `{}`.', 'accepted', '422'),
  limit_out_of_range: choice('Status for a limit out of range.', '422', '416'),
} as const;

/** Switches of how answers look. */
export const answersSwitches = {
  error_wording: choice(
    'Texts of errors that were never published: sentences, or short words with `error.type`.',
    'sentences',
    'words',
  ),
  validation_body: choice('Body of a 422: `detail` list, or the error envelope.', 'detail', 'envelope'),
  empty_members: choice('Members without a value in answers: null, or left out.', 'null', 'omitted'),
  patch_answer: choice('Answer to a PATCH: 200 with the object, or 204 with nothing.', '200', '204'),
  delete_answer: choice('Answer to a DELETE: 204, or 200 with the object.', '204', '200'),
  version_answer_header: choice(
    'Name of the answer header with the version.',
    'x-tesouro-version',
    'x-finops-version',
    'none',
  ),
  process_time: choice('Unit of x-process-time.', 'seconds', 'milliseconds'),
} as const;

/** Switches of the rate limit. */
export const limitsSwitches = {
  rate_limit_model: choice('How requests are counted.', 'fixed_window', 'sliding_log', 'token_bucket'),
  rate_limit_tokens: choice('Whether token calls count.', 'counted', 'free'),
  rate_limit_headers: choice('Which limit headers answers carry.', 'both', 'standard', 'per_second', 'none'),
  rate_limit_reset: choice('What RateLimit-Reset says.', 'seconds', 'timestamp'),
} as const;

/** Switches of lists and pages. */
export const listsSwitches = {
  list_lag: lag,
  is_external_filter: choice(
    'The filter is_external: honoured, ignored, or refused with 422.',
    'honoured',
    'ignored',
    'refused',
  ),
  default_limit_250: choice(
    'Page size of tax rates, ledger accounts and synchronization records without a limit.',
    '250',
    '100',
  ),
  limit_with_token: choice(
    'A limit that differs from the one of the page token: refused, or used.',
    'refused',
    'used',
  ),
  invalid_page_token: choice('Status for a page token that is invalid.', '400', '422'),
  page_fill: choice(
    'Whether pages are full, or hold fewer objects than asked for: half as many, or 6 at most.',
    'full',
    'short',
    'few',
  ),
  last_page: choice(
    'What ends a list: the last page has a null token, or an empty page follows it.',
    'null_token',
    'empty_page',
  ),
  products_sort: choice('How products are sorted by default.', 'created_at', 'name'),
} as const;
