import { Ended, endedCall, type Patience } from './patience.ts';
import type { Secret } from './secret.ts';
import type { Tokens } from './tokens.ts';

/**
 * The tokens that many share, for one run that has an end of its own: it waits for them no longer than that, while the request
 * goes on for the others.
 */
export function tokensWithin(patience: Patience, tokens: Tokens): Tokens {
  const within = async (asked: () => Promise<Secret>): Promise<Secret> => {
    try {
      return await patience.within((signal) => Promise.race([asked(), untilAborted(signal)]));
    } catch (error) {
      if (error instanceof Ended) throw endedCall(error, 'the request for a token', 'refused');
      throw error;
    }
  };
  return {
    renewable: tokens.renewable,
    current: () => within(tokens.current),
    renew: (rejected) => within(() => tokens.renew(rejected)),
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
