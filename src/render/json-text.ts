import { escaped, order } from './printable.ts';

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}](?<!\n)/gu;

/** A JSON document with a line break at its end; what a terminal or a CI runner could take for an order is written as `\uXXXX`, so the data stay the same. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(invisible, escaped).replace(order, '##$1\\u005b')}\n`;
