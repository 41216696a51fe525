import { fromWindows1252 } from '../../model/windows-1252.ts';

/** How the bytes of a spreadsheet stand for text. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export type Encoding = (typeof encodings)[number];

/** The text of a spreadsheet without its byte order mark, and the encoding that was meant. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

const marks: readonly (readonly [encoding: Encoding, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of bytes: in the encoding that is said, else that of the byte order mark, else UTF-16 where every other byte of many is
 * zero, else UTF-8 where all of it is that, else Windows-1252, in which every byte is a letter. Null where it is no text so.
 */
export function decodeTable(bytes: Uint8Array, said: Encoding | null): Decoded | null {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  const body = marked && (said ?? marked[0]) === marked[0] ? bytes.subarray(marked[1].length) : bytes;
  const encoding = said ?? marked?.[0] ?? wideIn(bytes);
  if (encoding !== null) return decoded(body, encoding);
  return decoded(body, 'utf-8') ?? decoded(body, 'windows-1252');
}

function decoded(bytes: Uint8Array, encoding: Encoding): Decoded | null {
  try {
    const text = textOf(bytes, encoding);
    return text.includes('\0') ? null : { text, encoding };
  } catch {
    return null;
  }
}

function textOf(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'windows-1252') return fromWindows1252(bytes);
  if (bytes.length % 2 === 1 && encoding !== 'utf-8') throw new Error('half a unit');
  // Not every build of Node knows the other order.
  const ordered = encoding === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes;
  return new TextDecoder(encoding === 'utf-8' ? 'utf-8' : 'utf-16le', {
    fatal: true,
    ignoreBOM: true,
  }).decode(ordered);
}

/** Codes, separators and line ends have a zero byte each in UTF-16, all on one side; only a few letters have theirs on the other. */
function wideIn(bytes: Uint8Array): Encoding | null {
  const length = Math.min(bytes.length, 4096);
  const zeros = [0, 0];
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 10 < length || length === 0) return null;
  if (odd > 4 * even) return 'utf-16le';
  return even > 4 * odd ? 'utf-16be' : null;
}
