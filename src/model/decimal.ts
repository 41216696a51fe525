/*
 * Money of two kinds meets here: integers in minor units, and decimals. 0.1 + 0.2 is not 0.3 in binary, so decimals are
 * digits and a place for the point, and nothing is ever rounded but where it is said.
 */

/** A decimal number, exactly: `digits` with the point `scale` places from the right. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Nothing. */
export const zero: Decimal = { digits: 0n, scale: 0 };

/** The decimal that a number is written as: of 0.1 exactly 0.1. */
export function decimalOf(number: number): Decimal {
  if (!Number.isFinite(number)) throw new Error('not a finite number');
  return decimalOfText(String(number));
}

/** The decimal that a text of ours says: `-1.50`, `1e-7`. */
export function decimalOfText(text: string): Decimal {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', part = ''] = mantissa.split('.');
  return raised(BigInt(whole + part), part.length - Number(exponent));
}

/** A negative scale as zeros at the end. */
const raised = (digits: bigint, scale: number): Decimal =>
  scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };

/** Moves the point to the left: an amount in minor units becomes one in major units. */
export const shifted = ({ digits, scale }: Decimal, places: number): Decimal =>
  raised(digits, scale + places);

/** The sum. */
export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: atScale(a, scale) + atScale(b, scale), scale };
}

/** The product. */
export const times = (a: Decimal, b: Decimal): Decimal => ({
  digits: a.digits * b.digits,
  scale: a.scale + b.scale,
});

/** The other sign. */
export const negative = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale });

/** Whether they are the same number: 1.5 is 1.50. */
export function isSameNumber(a: Decimal, b: Decimal): boolean {
  const scale = Math.max(a.scale, b.scale);
  return atScale(a, scale) === atScale(b, scale);
}

/** To so many places after the point; a half goes away from zero, as commerce rounds. */
export function rounded(number: Decimal, scale: number): Decimal {
  if (number.scale <= scale) return number;
  const unit = 10n ** BigInt(number.scale - scale);
  const half = number.digits < 0n ? -unit / 2n : unit / 2n;
  return { digits: (number.digits + half) / unit, scale };
}

/** As text with a point, with at least so many places after it and without zeros beyond them. */
export function decimalText(number: Decimal, places: number): string {
  const { digits, scale } = trimmed(number, places);
  const figures = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const point = figures.length - scale;
  const text = scale === 0 ? figures : `${figures.slice(0, point)}.${figures.slice(point)}`;
  return digits < 0n ? `-${text}` : text;
}

function trimmed(number: Decimal, places: number): Decimal {
  let { digits, scale } = {
    digits: atScale(number, Math.max(number.scale, places)),
    scale: Math.max(number.scale, places),
  };
  while (scale > places && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}

const atScale = ({ digits, scale }: Decimal, wanted: number): bigint =>
  digits * 10n ** BigInt(wanted - scale);
