/** `token` and `retry` go first; a token's way is not measured, it may lead to another host. */
export type Urgency = 'normal' | 'retry' | 'token';

/** Those who wait, in their order. */
export interface Line<T> {
  length(): number;
  /** The promise of what `next` will hand over; rejects with the signal's reason, and leaves the line, when that ends it. */
  enter(signal: AbortSignal, urgency: Urgency, left: () => void): Promise<T>;
  /** Takes the first one out: who it is, and how to hand over to it. */
  next(): Waiter<T> | undefined;
}

/** Who waits. */
export interface Waiter<T> {
  readonly urgency: Urgency;
  readonly start: (value: T) => void;
}

/** An empty line. */
export function createLine<T>(): Line<T> {
  const waiting: Waiter<T>[] = [];
  return {
    length: () => waiting.length,
    next: () => waiting.shift(),
    enter: (signal, urgency, left) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = (): void => {
          waiting.splice(waiting.indexOf(waiter), 1);
          left();
          reject(signal.reason);
        };
        const waiter: Waiter<T> = {
          urgency,
          start: (value) => {
            signal.removeEventListener('abort', leave);
            resolve(value);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        const place = urgency === 'normal' ? -1 : waiting.findIndex((each) => each.urgency === 'normal');
        if (place === -1) waiting.push(waiter);
        else waiting.splice(place, 0, waiter);
      }),
  };
}
