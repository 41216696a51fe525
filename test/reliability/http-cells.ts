import * as assert from 'uvu/assert';
import type { Fault } from '../../src/emulator/faults.ts';
import type { JsonObject } from '../../src/emulator/json.ts';
import type { Cell, Clean } from './http-cell.ts';
import { type Request, readsOf, writesOf } from './http-requests.ts';
import type { Ran } from './http-run.ts';

/*
 * Which faults strike which requests, and what may come of it.
 *
 * A read, an update and a delete are repeated inside the client, call by call and without regard to what they are about.
 * So a fault that strikes once is injected into all of them in one run (`hidden`), and again, six times in a row so that
 * the client gives up, into one at a time (`reads`, `writes`). Creates are never repeated blindly: each kind strikes each
 * of them alone (`creates`). What follows a failed call depends on nothing but whether it is proven not to be carried out,
 * lost before or lost after it was. So `thinned` lets the kinds of one such sort take turns at the requests, but for the
 * settings, which are only one; with LEDGERFORM_MATRIX=full every kind strikes every request alone.
 */

type Strike = Omit<Fault, 'method' | 'path' | 'body' | 'nth' | 'times' | 'per'>;

/** Not carried out, and the client cannot know. */
const before: Readonly<Record<string, Strike>> = {
  'reset before the commit': { kind: 'reset-before' },
  'time-out without a commit': { kind: 'timeout-before' },
  '500 before the commit': { kind: 'status', code: 500 },
  '502 with Retry-After in seconds': { kind: 'status', code: 502, retryAfter: 2 },
  '502 with Retry-After as a date': { kind: 'status', code: 502, retryDate: 2 },
  '503 with Retry-After in seconds': { kind: 'status', code: 503, retryAfter: 2 },
  '503 with Retry-After as a date': { kind: 'status', code: 503, retryDate: 2 },
};

/** Carried out, and the answer is lost on the way. */
const lost: Readonly<Record<string, Strike>> = {
  'reset after the commit': { kind: 'reset-after-commit' },
  'time-out with a commit': { kind: 'timeout-after-commit' },
  '500 after the commit': { kind: 'status', code: 500, after: 'commit' },
  'truncated body': { kind: 'truncated' },
  'connection closed in the middle of the headers': { kind: 'cut-headers' },
};

/** Carried out, and the answer cannot be used. */
const garbled: Readonly<Record<string, Strike>> = {
  'body that is not JSON': { kind: 'not-json' },
  'wrong content type': { kind: 'wrong-content-type' },
};

/** Carried out while it is being looked for. */
const late: Readonly<Record<string, Strike>> = {
  'commit while it is looked for': { kind: 'late-commit', ms: 1000 },
};

const throttled: Readonly<Record<string, Strike>> = {
  '429 without headers': { kind: 'status', code: 429 },
  '429 with headers': { kind: 'status', code: 429, retryAfter: 1, rateLimit: 30 },
  '429 with Retry-After as a date': { kind: 'status', code: 429, retryDate: 2 },
};

const refused: Readonly<Record<string, Strike>> = {
  'permanent 400': { kind: 'status', code: 400 },
  'permanent 409': { kind: 'status', code: 409 },
  'permanent 422': { kind: 'status', code: 422 },
};

const stranger: Readonly<Record<string, Strike>> = {
  'wrong organization': { kind: 'wrong-organization' },
  'wrong organization on an error': { kind: 'wrong-organization', code: 503 },
};

const unreachable: Strike = { kind: 'refuse-connection', ms: 60_000 };
const expiring = ['expired token', { kind: 'expired-token' }] as const;

const isFull = process.env.LEDGERFORM_MATRIX === 'full';

type Kinds = readonly (readonly [group: string, strike: Strike])[];

const entries = (...kinds: readonly Readonly<Record<string, Strike>>[]): Kinds =>
  kinds.flatMap((each) => Object.entries(each));

/** Of kinds that come to the same, those whose turn it is at this request; null takes a turn and is none. */
function thinned(kinds: readonly (Kinds[number] | null)[], at: number, turns = 1): Kinds {
  const turn = (index: number): boolean => (index + (kinds.length - turns) * at) % kinds.length < turns;
  return whole(isFull ? kinds : kinds.filter((_, index) => turn(index)));
}

const whole = (kinds: readonly (Kinds[number] | null)[]): Kinds =>
  kinds.flatMap((each) => (each ? [each] : []));

type Options = Pick<Cell, 'exits'> & Partial<Cell> & { readonly times?: number };

function cell(group: string, request: Request, strike: Strike, { times = 1, ...options }: Options): Cell {
  const { nth = 1, ...hit } = request.hit;
  const often = times === 1 ? '' : ` ${times} times`;
  return {
    name: `${group}${often}: ${request.name}`,
    group,
    faults: [{ ...strike, ...hit, nth, times }],
    strikes: 1,
    fromFile: true,
    ...options,
  };
}

const always = 1000;
/** The client gives up after so many failures. */
const enough = 6;
const token: Request = {
  name: 'POST /auth/token',
  template: 'POST /auth/token',
  phase: 'look',
  hit: { method: 'POST', path: '/auth/token' },
  change: null,
};

/** Faults that the client's own repetition hides, at everything that is repeated, all in one run. */
export function hidden(clean: Clean): readonly Cell[] {
  const reads = readsOf(clean).length;
  const repeated = writesOf(clean).filter(({ hit }) => hit.method !== 'POST').length;
  const everywhere = (strike: Strike, methods: readonly string[]): readonly Fault[] =>
    methods.flatMap((method) =>
      // The same list is read up to three times, each time struck first and then answered.
      (method === 'GET' ? [1, 3, 5] : [1]).map((nth) => ({ ...strike, method, nth, per: 'url' as const })),
    );
  const all = entries(before, lost, late, throttled).map(([group, strike]) => ({
    name: `${group}: every read, update, delete and token once`,
    group,
    faults: [...everywhere(strike, ['GET', 'PATCH', 'DELETE']), { ...strike, ...token.hit, nth: 1 }],
    strikes: reads + repeated + 1,
    exits: [0],
    fromFile: true,
  }));
  const unused = entries(garbled).map(([group, strike]) => ({
    name: `${group}: every update and delete once`,
    group,
    faults: everywhere(strike, ['PATCH', 'DELETE']),
    strikes: repeated,
    exits: [0],
    fromFile: true,
  }));
  const closed = [1, 20, 40, 60].map((nth) => ({ kind: 'refuse-connection' as const, ms: 300, nth }));
  const refusing = { name: 'connection refused: four times for a while', group: 'connection refused' };
  return [...all, ...unused, { ...refusing, faults: closed, strikes: 4, exits: [0], fromFile: true }];
}

/** Every create alone under every kind: it is sent again only after a look, or when nothing can have come of it. */
export function creates(clean: Clean): readonly Cell[] {
  return creating(clean).flatMap((request, at): readonly Cell[] => {
    const one = (kinds: Kinds, options: Options): readonly Cell[] =>
      kinds.map(([group, strike]) => cell(group, request, strike, { fromFile: at % 2 === 0, ...options }));
    const closed: Kinds = [
      ['connection refused', unreachable],
      ['connection refused', { ...unreachable, ms: 300 }],
    ];
    const hasCode = request.hit.body?.includes('code') === true;
    return [
      ...one(entries(before), { exits: [0] }),
      ...one(entries(before), { times: enough, strikes: 3, exits: [5] }),
      ...one(entries(lost, garbled), { exits: [0] }),
      ...one(entries(throttled), { exits: [0] }),
      ...one(entries(throttled), { times: 20, strikes: 20, exits: [5] }),
      ...one(entries(refused), { times: always, exits: [5], stays: true }),
      ...one(entries(stranger), { exits: [5] }),
      ...one([expiring], { exits: [0], after: renewedOnce }),
      ...one(closed, { exits: [0, 5] }),
      ...one([['value stored otherwise', { kind: 'stored-otherwise', field: 'name', value: 'Else' }]], {
        exits: [5],
        mayBeStale: true,
        // Where the name is what it is found by.
        repair: without(({ name }) => name === 'Else' && !hasCode),
      }),
      ...one(hasCode ? [['value stored otherwise', codeOtherwise(request)]] : [], {
        exits: [5],
        mayBeStale: true,
        repair: without(({ code, nominal_code }) => code === 'ELSE' || nominal_code === 'ELSE'),
      }),
    ];
  });
}

const codeOtherwise = ({ hit }: Request): Strike => ({
  kind: 'stored-otherwise',
  field: hit.path === '/accounting-tax-rates' ? 'code' : 'nominal_code',
  value: 'ELSE',
});

/** Removes by hand what the next plan cannot find, because what identifies it was stored otherwise. */
function without(isLost: (object: JsonObject) => boolean): NonNullable<Cell['repair']> {
  return (books) => {
    for (const collection of ['ledger_accounts', 'tax_rates'] as const)
      for (const object of books.all(collection)) if (isLost(object)) books.remove(collection, object.id);
  };
}

const creating = (clean: Clean): readonly Request[] =>
  writesOf(clean).filter(({ hit }) => hit.method === 'POST');

/** A create that is carried out after its connection broke: while it is looked for it is adopted, later two are named. */
export function lateCreates(clean: Clean): readonly Cell[] {
  const tooLate: Kinds = [
    ['commit after all looks', { kind: 'late-commit', ms: 5000 }],
    ['commit after the run', { kind: 'late-commit', ms: 500_000 }],
  ];
  const fromFile = true;
  return creating(clean).flatMap((request, at): readonly Cell[] => [
    ...entries(late).map(([group, strike]) => cell(group, request, strike, { fromFile, exits: [0] })),
    ...thinned(tooLate, at).map(([group, strike]) =>
      cell(group, request, strike, { fromFile, exits: [0, 5], mayTwin: true }),
    ),
  ]);
}

/** A create whose answer is lost while the list lags: within the time to settle it is adopted, beyond it two are named. */
export function lagging(clean: Clean): readonly Cell[] {
  const lists = ['/ledger-accounts', '/accounting-tax-rates', '/products', '/payables/*/line-items'];
  const lag = (path: string, ms: number): Fault => ({ kind: 'lag', method: 'GET', path, ms });
  const common = { group: 'list that lags', fromFile: true, strikes: 1 };
  const creates = creating(clean).flatMap((request): readonly Cell[] => {
    const lost = { kind: 'reset-after-commit', ...request.hit, times: 1 } as const;
    const path = request.hit.path ?? '';
    return [
      {
        ...common,
        name: `a short lag after a lost create: ${request.name}`,
        faults: [lost, lag(path, 1000)],
        exits: [0],
      },
      {
        ...common,
        name: `a long lag after a lost create: ${request.name}`,
        faults: [lost, lag(path, 500_000)],
        exits: [5],
        mayTwin: true,
      },
    ];
  });
  const checks = lists.flatMap((path): readonly Cell[] => [
    { ...common, name: `a short lag of ${path}`, faults: [lag(path, 1000)], exits: [0] },
    { ...common, name: `a long lag of ${path}`, faults: [lag(path, 500_000)], exits: [5] },
  ]);
  return [...checks, ...creates];
}

/** Updates, deletes and the settings alone, so often that the client gives up. */
export function writes(clean: Clean, what: 'objects' | 'assignments'): readonly Cell[] {
  const chosen = writesOf(clean).filter(
    ({ hit, change }) =>
      hit.method !== 'POST' && (change?.kind.endsWith('assignment') === true) === (what === 'assignments'),
  );
  return chosen.flatMap((request, at): readonly Cell[] => {
    const only = request.change?.kind === 'setting';
    const one = (kinds: readonly (Kinds[number] | null)[], options: Options): readonly Cell[] =>
      (only ? whole(kinds) : thinned(kinds, at)).map(([group, strike]) =>
        cell(group, request, strike, { fromFile: at % 2 === 0, ...options }),
      );
    const isDelete = request.hit.method === 'DELETE';
    return [
      ...one(entries(before), { times: enough, strikes: enough, exits: [5] }),
      ...one(entries(lost, garbled, late), { times: enough, exits: [0] }),
      ...one([...entries(throttled), null, null, null], { times: 20, strikes: 20, exits: [5] }),
      ...one(entries(refused), { times: always, exits: [5], stays: true }),
      ...one([...entries(stranger), null, null], { exits: [5] }),
      ...one([['connection refused', unreachable], null, null], { exits: [0, 5] }),
      ...one([expiring, null], { exits: [0], after: renewedOnce }),
      ...one([null, expiring, null, null], { times: 2, strikes: 2, exits: [5] }),
      ...(isDelete ? [] : [storedOtherwise(request, clean)]),
    ];
  });
}

function storedOtherwise(request: Request, clean: Clean): Cell {
  const { strike, ...repair } = otherwise(request, clean);
  const options = { exits: [5], fromFile: true, mayBeStale: true, ...repair };
  return cell('value stored otherwise', request, strike, options);
}

function renewedOnce({ log }: Ran): void {
  assert.is(log.filter(({ path }) => path === '/auth/token').length, 2, 'one token, renewed once');
}

/** Another value for something that is sent, which the next run puts right; a person where an identity is lost. */
function otherwise(
  { change, hit }: Request,
  { contents }: Clean,
): Pick<Cell, 'repair'> & { readonly strike: Strike } {
  const kind = 'stored-otherwise';
  const { before, after } = change ?? {};
  if (change?.kind === 'setting')
    return { strike: { kind, field: 'accounting.ledger_account_ids.payments', value: 'null' } };
  const plain = (value: unknown): string => String(value).toUpperCase();
  const [field = '', value] =
    Object.entries(after ?? {}).find(([name, each]) => plain(each) !== plain(before?.[name])) ?? [];
  if (field === 'ledger_account' || field === 'tax_rate') {
    // A rule only fills gaps, so another account than the one that it means would stay.
    const other = contents.find(({ value: each }) => each?.nominal_code === '7777')?.id ?? '';
    const wire = field === 'tax_rate' ? 'accounting_tax_rate_id' : 'ledger_account_id';
    return { strike: { kind, field: wire, value: value === null ? other : 'null' } };
  }
  const strike = { kind, field, value: field === 'effective_tax_rate' ? '111' : '"Else"' } as const;
  if (field !== 'code' && field !== 'nominal_code') return { strike };
  const collection = change?.kind === 'tax_rate' ? 'tax_rates' : 'ledger_accounts';
  const id = hit.path?.split('/').at(-1) ?? '';
  return { strike, repair: (books) => void books.put(collection, { id, [field]: String(value) }) };
}

const readKinds = entries(before, {
  'truncated body': { kind: 'truncated' },
  'connection closed in the middle of the headers': { kind: 'cut-headers' },
  ...garbled,
  ...throttled,
  ...refused,
  ...stranger,
  'connection refused': unreachable,
  'expired token': { kind: 'expired-token' },
});

/** Every page of every list alone, once where that is not repeated, and for good: an incomplete read is never empty. */
export function reads(clean: Clean): readonly Cell[] {
  return readsOf(clean).flatMap((request, at): readonly Cell[] => {
    const { phase } = request;
    const ends = phase === 'look' ? 1 : 5;
    const kinds = phase === 'write' ? readKinds : thinned(readKinds, at, phase === 'look' ? 10 : 3);
    const forGood = kinds.map(([group, strike]) =>
      cell(group, request, strike, {
        times: always,
        // Connections that are open stay so.
        exits: group === 'connection refused' ? [0, 1, 5] : [ends],
      }),
    );
    const once = thinned(entries(garbled, refused), at).map(([group, strike]) =>
      cell(group, request, strike, { exits: [onceAt[phase]] }),
    );
    const renewed = thinned([expiring, null, null], at).map(([group, strike]) =>
      cell(group, request, strike, { exits: [0], after: renewedOnce }),
    );
    return [...forGood, ...once, ...renewed];
  });
}

/** What a read comes to that cannot be used, once: the end check reads again. */
const onceAt = { look: 1, write: 5, check: 0 } as const;

/** The token alone, for good: nobody gets in, and nothing is written. */
export const tokens: readonly Cell[] = entries(before, lost, throttled, refused, {
  'body that is not JSON': { kind: 'not-json' },
}).map(([group, strike]) => cell(group, token, strike, { times: always, exits: [1] }));

/** A run that has little time: it is over in time wherever it is, in looks and pauses too. */
export function short(clean: Clean): readonly Cell[] {
  const common = { group: 'short deadline', fromFile: true };
  const firstOf = new Map<string, Request>();
  for (const request of [...readsOf(clean), ...writesOf(clean)])
    if (!firstOf.has(`${request.template} ${request.phase}`))
      firstOf.set(`${request.template} ${request.phase}`, request);
  const silent = [...firstOf.values()].map((request) =>
    cell(
      'short deadline',
      request,
      { kind: 'timeout-before' },
      {
        times: always,
        deadlineSeconds: 20,
        exits: [request.phase === 'look' ? 1 : 5],
      },
    ),
  );
  const asked = [...firstOf.values()].map((request) =>
    cell(
      'short deadline',
      request,
      { kind: 'status', code: 503, retryAfter: 3600 },
      {
        times: always,
        deadlineSeconds: 20,
        exits: [request.phase === 'look' ? 1 : 5],
      },
    ),
  );
  const settling = creating(clean).map(
    (request, at): Cell => ({
      ...common,
      name: `short deadline while it is looked for: ${request.name}`,
      faults: [
        { kind: 'reset-after-commit', ...request.hit, times: 1 },
        { kind: 'lag', method: 'GET', path: request.hit.path ?? '', ms: 500_000 },
      ],
      deadlineSeconds: 2 + (at % 7) / 2,
      strikes: 1,
      exits: [5],
      mayTwin: true,
    }),
  );
  return [...silent, ...asked, ...settling];
}
