/** What can go wrong, as it looks to a client. */
export const faultKinds = {
  'refuse-connection':
    'answers, then closes the port for `ms` milliseconds (200): new connections are refused',
  'reset-before': 'resets the connection before anything is done',
  'reset-after-commit': 'does what was asked, then resets the connection instead of answering',
  'timeout-before': 'does nothing and never answers',
  'timeout-after-commit': 'does what was asked and never answers',
  'late-commit': 'resets the connection and does what was asked `ms` milliseconds later (200)',
  status:
    'answers `code` (500) without doing anything, or with `after=commit` after doing it; `retry-after` in seconds, or `retry-date` as a date so many seconds from now; `rate-limit=N` adds the headers of a limit that is used up',
  'not-json': 'does what was asked and answers with a page of HTML that calls itself JSON',
  truncated: 'does what was asked, sends half of the answer and breaks the connection off',
  'cut-headers': 'does what was asked and closes the connection in the middle of the headers of the answer',
  'wrong-content-type': 'does what was asked and answers with content-type text/html',
  'wrong-organization':
    'does what was asked and answers with the x-organization-id of another organization; with `code` does nothing, and the answer is that failure',
  'expired-token': 'lets the token of the request expire first',
  slow: 'does what was asked and answers `ms` milliseconds later (200)',
  lag: 'answers a list as it was `ms` milliseconds ago (200), though never older than the plan of faults',
  'stored-otherwise':
    'does what was asked, but stores `value` in `field`: `a.b` for a member of a member, the value as JSON or text',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** One planned failure. Without further words it hits every matching request. */
export interface Fault {
  readonly kind: FaultKind;
  /** Absent: any. */
  readonly method?: string;
  /** Below the prefix, `*` for any characters; absent: any. */
  readonly path?: string;
  /** Only from the nth matching request on, counted from 1. */
  readonly nth?: number;
  /** How often; with `nth` once unless given, otherwise always. */
  readonly times?: number;
  /** `nth` and `times` are counted for each URL apart. */
  readonly per?: 'url';
  /** Text of the request's body, `*` for any characters; absent: any. */
  readonly body?: string;
  readonly code?: number;
  readonly after?: 'commit';
  readonly retryAfter?: number;
  readonly retryDate?: number;
  readonly rateLimit?: number;
  readonly ms?: number;
  readonly field?: string;
  readonly value?: string;
}

/** The fault in `[METHOD] [PATH] KIND [word=value...]`; throws an Error that says what can be written. */
export function parseFault(text: string): Fault {
  const words = text.trim().split(/\s+/);
  const at = words.findIndex(isKind);
  const kind = words[at];
  if (kind === undefined || !isKind(kind) || at > 2) {
    throw new Error(
      `"${text}" names no fault: write METHOD PATH KIND, with one of ${Object.keys(faultKinds).join(', ')}`,
    );
  }
  const target = words.slice(0, at).map((word) => targetOf(word, text));
  return Object.assign({ kind }, ...target, ...words.slice(at + 1).map((word) => optionOf(word, text)));
}

const isKind = (word: string): word is FaultKind => Object.hasOwn(faultKinds, word);

function targetOf(word: string, text: string): Partial<Fault> {
  if (word === '*') return {};
  if (word.startsWith('/') || word.includes('*')) return { path: word };
  if (/^(?:GET|POST|PUT|PATCH|DELETE)$/i.test(word)) return { method: word.toUpperCase() };
  throw new Error(`"${word}" in "${text}" is neither a method nor a path`);
}

const numbers: Readonly<
  Record<string, { readonly member: string; readonly least: number; readonly most: number }>
> = {
  nth: { member: 'nth', least: 1, most: 1e9 },
  times: { member: 'times', least: 1, most: 1e9 },
  code: { member: 'code', least: 200, most: 599 },
  'retry-after': { member: 'retryAfter', least: 0, most: 3600 },
  'retry-date': { member: 'retryDate', least: 0, most: 3600 },
  'rate-limit': { member: 'rateLimit', least: 1, most: 1e9 },
  ms: { member: 'ms', least: 0, most: 600_000 },
};

const texts = ['body', 'field', 'value'];

function optionOf(word: string, text: string): Partial<Fault> {
  const at = word.indexOf('=');
  const [name, value] = at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  if (name === 'after' && value === 'commit') return { after: 'commit' };
  if (name === 'per' && value === 'url') return { per: 'url' };
  if (texts.includes(name) && value !== '') return { [name]: value };
  const found = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  const number = Number(value);
  if (!found || !/^\d+$/.test(value) || number < found.least || number > found.most) {
    throw new Error(
      `"${word}" in "${text}" is not understood: write ${Object.keys(numbers).join('=N, ')}=N, ${texts.join('=TEXT, ')}=TEXT, after=commit or per=url`,
    );
  }
  return { [found.member]: number };
}
