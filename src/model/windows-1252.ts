/** What the bytes from 0x80 to 0x9f mean; the five that mean nothing stay controls. Some versions of Node take them for Latin-1. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const byteOf: ReadonlyMap<string, number> = new Map([...upper].map((sign, at) => [sign, 0x80 + at]));

/** The text of bytes in Windows-1252. */
export const fromWindows1252 = (bytes: Uint8Array): string =>
  Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, part) =>
    String.fromCharCode(...bytes.subarray(part * 8192, (part + 1) * 8192)).replace(
      /[\u0080-\u009f]/g,
      (sign) => upper[sign.charCodeAt(0) - 0x80] ?? sign,
    ),
  ).join('');

/** The bytes of a text in Windows-1252, or the first sign that it does not have. */
export function toWindows1252(text: string): Uint8Array | { readonly missing: string } {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const byte = code < 0x80 || (code > 0x9f && code < 0x100) ? code : byteOf.get(sign);
    if (byte === undefined) return { missing: sign };
    bytes[length] = byte;
    length += 1;
  }
  return bytes.subarray(0, length);
}
