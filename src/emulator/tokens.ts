import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** The client that the emulator always accepts. */
export const localCredentials = {
  id: '10ca1000-0000-4000-8000-000000000001',
  secret: 'local-secret',
} as const;

/** Access tokens of one run; they end with it. */
export interface Tokens {
  issue(lifetimeSeconds: number): string;
  /** Throws a Refusal unless the token is good now. */
  check(authorization: string | undefined): void;
  revoke(token: string): void;
  expire(token: string): void;
}

/** No tokens yet. */
export function createTokens(now: () => Date, expiredStatus: string): Tokens {
  const ends = new Map<string, number>();
  return {
    issue: (lifetimeSeconds) => {
      const token = `local-${randomBytes(24).toString('base64url')}`;
      ends.set(token, now().getTime() + lifetimeSeconds * 1000);
      return token;
    },
    check: (authorization) => {
      const token = bearer(authorization);
      const end = token === null ? undefined : ends.get(token);
      if (end === undefined)
        throw new Refusal(401, 'unauthorized', 'The access token is missing or not valid');
      if (end <= now().getTime()) throw expired(expiredStatus);
    },
    revoke: (token) => {
      ends.delete(token);
    },
    expire: (token) => {
      if (ends.has(token)) ends.set(token, Number.NEGATIVE_INFINITY);
    },
  };
}

/** The token in an Authorization header. */
export const bearer = (authorization: string | undefined): string | null =>
  /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? null;

/** Throws a Refusal unless these are the local credentials. */
export function checkClient(id: unknown, secret: unknown): void {
  if (id === localCredentials.id && typeof secret === 'string' && isEqual(secret, localCredentials.secret))
    return;
  throw new Refusal(401, 'invalid_client', 'The client id or the client secret is not valid');
}

const isEqual = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a.padEnd(b.length)), Buffer.from(b));

const expired = (status: string): Refusal => {
  const message = 'The token has been expired.';
  return new Refusal(Number(status), 'token_expired', message, { fixed: { error: { message } } });
};
