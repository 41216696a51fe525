/** Where a value that the library hands out keeps what is its own: whoever holds it can pass it on, and need not know what is in it. */
export const inside: unique symbol = Symbol('ledgerform');

/** A value of the library's, with what it keeps to itself. */
export interface Opaque<T> {
  /** Not part of the API: it changes without notice. */
  readonly [inside]: T;
}

/** The value with something inside that is neither listed nor printed. */
export function opaque<V extends object, T>(visible: V, hidden: T): V & Opaque<T> {
  Object.defineProperty(visible, inside, { value: hidden });
  return Object.freeze(visible) as V & Opaque<T>; // just defined
}

/** What a value that the library must have made keeps inside; TypeError for any other. */
export function insideOf<T>(value: Opaque<T>, maker: string): T {
  const given: unknown = value;
  if (typeof given === 'object' && given !== null && inside in given) return value[inside];
  throw new TypeError(`What is given was not made by ${maker}.`);
}
