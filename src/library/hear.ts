/**
 * A listener of the host's that cannot break a run: what it throws becomes an uncaught exception, as with the listeners of an EventTarget,
 * because a plan that is half carried out must not end for it, and nothing is swallowed.
 */
export const hear =
  <T>(listener: ((event: T) => void) | undefined) =>
  (event: T): void => {
    try {
      listener?.(event);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  };
