import type { Account, Traffic } from '../../model/account.ts';
import type { Problem } from '../../model/problem.ts';
import type { ConnectedProvider } from '../accounting-contract.ts';
import { createAgain } from './again.ts';
import { createApi } from './api.ts';
import { checkUrl } from './base-url.ts';
import { type CallApi, createCall } from './call.ts';
import { CallFailed } from './call-failed.ts';
import { type Clock, systemClock } from './clock.ts';
import { openConnections } from './dispatcher.ts';
import { createLimiter } from './limiter.ts';
import { createPatience, type Patience } from './patience.ts';
import type { Secret } from './secret.ts';
import { createSend, type Send } from './send.ts';
import { tokenRequest } from './token-request.ts';
import { fixedToken, renewedTokens } from './tokens.ts';
import { tokensWithin } from './tokens-within.ts';
import { type Counters, countedTwice, createCounters, type LogLine } from './traffic.ts';
import { httpExchange } from './transport.ts';
import { verbs } from './verbs.ts';

/** How to prove who is asking: a client that fetches tokens, or one token. */
export type Credentials =
  | {
      readonly type: 'client';
      readonly id: string;
      readonly secret: Secret;
      readonly tokenUrl: string | null;
    }
  | { readonly type: 'token'; readonly token: Secret };

/** What a run needs to talk to the organizations behind one base URL. */
export interface ChannelOptions {
  /** What is really called. It differs from an account's `apiUrl` only for the in-process local environment. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Requests under way at once, at most. */
  readonly concurrency: number;
  /** Requests a second that the user allows at most; null: what the service says, 30 to begin with. */
  readonly rateLimit: number | null;
  /** Of the whole run, from now; a single request gets at most 30. */
  readonly deadlineSeconds: number | null;
  /** Milliseconds in which the run has waited for somebody so far: they are not taken from its time. */
  readonly attended?: () => number;
  /** Breaks everything off at once. */
  readonly abort: AbortSignal;
  readonly log: (line: LogLine) => void;
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What ends one of many runs over a channel, besides the end of the channel. */
export type OwnLimits = Pick<ChannelOptions, 'deadlineSeconds' | 'abort'>;

/** Time and chance, for tests. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: () => number;
}

/** The way to one base URL with one credential: however many organizations are reached over it, it has one queue, one budget and one token. */
export interface Channel {
  /**
   * An organization behind it; its `traffic` leaves the token out. `close` ends what goes on under limits of its own, and otherwise
   * nothing: the connections are the channel's.
   */
  connect(account: Account, own?: OwnLimits): ConnectedProvider;
  /** Everything that was sent over it. */
  traffic(): Traffic;
  /** Why nothing that is still to come can succeed over it: the credential is refused, another organization answered, the network is lost, the run is over. */
  ended(): Problem | null;
  close(): Promise<void>;
}

/** The machine's own time and chance. */
export const ordinary: Surroundings = { clock: systemClock, random: Math.random };

/** Opens the way to a base URL. Nothing is sent before the first call. Throws Stop for an unusable URL. */
export function openChannel(options: ChannelOptions, surroundings: Surroundings = ordinary): Channel {
  const { clock, random } = surroundings;
  const { concurrency, credentials, log, rateLimit } = options;
  const baseUrl = checkUrl(options.baseUrl);
  const connections = openConnections(options.environment, concurrency);
  const limiter = createLimiter({ concurrency, rateLimit, clock, random });
  const patience = createPatience(options.deadlineSeconds, options.abort, clock, options.attended);
  const all = createCounters();
  const exchange = httpExchange(connections);
  const sendWith = (counters: Counters, during: Patience = patience): Send =>
    createSend({ limiter, counters, clock, random, exchange, patience: during, log });
  const tokens =
    credentials.type === 'token'
      ? fixedToken(credentials.token)
      : renewedTokens(tokenRequest(checked(credentials), baseUrl, sendWith(all)), clock);
  const runs = new Set<Patience>();
  let closed = false;
  let end: Problem | null = null;
  const watched =
    (call: CallApi): CallApi =>
    async (each) => {
      try {
        return await call(each);
      } catch (error) {
        if (error instanceof CallFailed && error.endsChannel) end ??= error.error.problem;
        throw error;
      }
    };
  return {
    connect: (account, limits) => {
      const organizationId = account.organization.id;
      const during = limits ? createPatience(limits.deadlineSeconds, limits.abort, clock) : patience;
      if (during !== patience) runs.add(during);
      if (closed) during.close();
      const counters = createCounters();
      const send = sendWith(countedTwice(counters, all), during);
      const asked = during === patience ? tokens : tokensWithin(during, tokens);
      const call = watched(createCall({ send, organizationId, baseUrl, tokens: asked }));
      return {
        ...verbs(createApi(baseUrl, organizationId, call), createAgain({ clock, random, patience: during })),
        account,
        traffic: () => counters.read(limiter.limitPerSecond()),
        wait: (milliseconds) => during.wait(milliseconds),
        close: async () => {
          if (runs.delete(during)) during.close();
        },
      };
    },
    traffic: () => all.read(limiter.limitPerSecond()),
    ended: () => end,
    close: async () => {
      closed = true;
      for (const each of [patience, ...runs]) each.close();
      runs.clear();
      await connections.close();
    },
  };
}

const checked = <T extends { readonly tokenUrl: string | null }>(credentials: T): T => ({
  ...credentials,
  tokenUrl: credentials.tokenUrl === null ? null : checkUrl(credentials.tokenUrl),
});
