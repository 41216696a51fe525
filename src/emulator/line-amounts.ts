import type { Json, JsonObject } from './json.ts';

/** How a fraction becomes a whole number of minor units. */
export type Rounding = 'half_up' | 'half_even' | 'down';

/** The computed amounts of a line: nothing where price or quantity is missing. Exact: no floating point. */
export function lineAmounts(line: JsonObject, rounding: Rounding): JsonObject {
  const { quantity, unit_price: price, tax } = line;
  if (typeof quantity !== 'number' || typeof price !== 'number')
    return { subtotal: null, tax_amount: null, total: null };
  const { digits, scale } = decimal(quantity);
  const subtotal = divided(BigInt(price) * digits, scale, rounding);
  const taxAmount = divided(subtotal * BigInt(rateOf(tax)), 10_000n, rounding);
  return { subtotal: Number(subtotal), tax_amount: Number(taxAmount), total: Number(subtotal + taxAmount) };
}

const rateOf = (tax: Json | undefined): number => (typeof tax === 'number' ? tax : 0);

/** A JSON number as digits over a power of ten. */
function decimal(value: number): { readonly digits: bigint; readonly scale: bigint } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return shift >= 0
    ? { digits: digits * 10n ** BigInt(shift), scale: 1n }
    : { digits, scale: 10n ** BigInt(-shift) };
}

function divided(value: bigint, by: bigint, rounding: Rounding): bigint {
  const sign = value < 0n ? -1n : 1n;
  const size = value * sign;
  const [whole, rest] = [size / by, (size % by) * 2n];
  const isHalf = rest === by;
  const up = rounding !== 'down' && (rest > by || (isHalf && (rounding === 'half_up' || whole % 2n === 1n)));
  return sign * (up ? whole + 1n : whole);
}
