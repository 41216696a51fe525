/** Where a value that the library hands out keeps what is its own: whoever holds it can pass it on, and need not know what is in it. */
export const inside: unique symbol = Symbol('ledgerform');

/** A value that only the library can make. */
export interface Opaque {
  /** Not part of the API: it changes without notice. */
  readonly [inside]: unknown;
}

/** The value with something inside that is neither listed nor printed. */
export function opaque<V extends object>(visible: V, hidden: unknown): V & Opaque {
  Object.defineProperty(visible, inside, { value: hidden });
  return Object.freeze(visible) as V & Opaque; // just defined
}
