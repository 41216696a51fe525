import { CallFailed } from './call-failed.ts';
import type { Clock } from './clock.ts';
import type { Secret } from './secret.ts';
import type { Token } from './token-request.ts';

/** The token of the moment. However many calls ask at once, one request renews it. */
export interface Tokens {
  readonly renewable: boolean;
  current(): Promise<Secret>;
  /** A token other than the rejected one. */
  renew(rejected: Secret): Promise<Secret>;
}

/** A token that the user gave: there is no other. */
export const fixedToken = (token: Secret): Tokens => ({
  renewable: false,
  current: async () => token,
  renew: async () => token,
});

/** Tokens by request: none before the first call, and a new one shortly before the old one expires. */
export function renewedTokens(request: () => Promise<Token>, clock: Clock): Tokens {
  let held: { readonly token: Secret; readonly until: number } | null = null;
  let pending: Promise<Secret> | null = null;
  let refused: CallFailed | null = null;

  async function fetchToken(): Promise<Secret> {
    if (refused) throw refused;
    try {
      const { token, seconds } = await request();
      const margin = Math.min(60, seconds / 10);
      held = { token, until: clock.now() + (seconds - margin) * 1000 };
      return token;
    } catch (error) {
      if (error instanceof CallFailed && error.error.problem.code === 'AUTH_FAILED') refused = error;
      throw error;
    } finally {
      pending = null;
    }
  }
  const fresh = (): Promise<Secret> => {
    pending ??= fetchToken();
    return pending;
  };
  return {
    renewable: true,
    current: async () => (held && clock.now() < held.until ? held.token : fresh()),
    renew: async (rejected) => {
      if (held?.token === rejected) held = null;
      return held && clock.now() < held.until ? held.token : fresh();
    },
  };
}
