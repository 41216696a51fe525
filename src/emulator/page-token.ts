import { createHash } from 'node:crypto';
import type { SortKey } from './collection.ts';
import { isObject, type JsonObject } from './json.ts';

/** Everything that a page token freezes. */
export interface Cursor {
  readonly list: string;
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly filters: JsonObject;
  readonly direction: 'next' | 'prev';
  /** The last object shown in the direction of reading. */
  readonly key: SortKey;
  readonly seq: number;
}

/** A cursor as an opaque text. */
export function writePageToken(cursor: Cursor): string {
  const content = JSON.stringify(cursor);
  return Buffer.from(JSON.stringify([content, sealOf(content)])).toString('base64url');
}

/** The cursor in a page token of this list; null when the text is anything else. */
export function readPageToken(text: string, list: string): Cursor | null {
  const [content, seal] = parsed(Buffer.from(text, 'base64url').toString(), []);
  if (typeof content !== 'string' || seal !== sealOf(content)) return null;
  const cursor: unknown = JSON.parse(content);
  // The seal shows that this module wrote it.
  return isObject(cursor) && cursor.list === list ? (cursor as unknown as Cursor) : null;
}

/** Keeps honest readers from making tokens up; it is no secret. */
const sealOf = (content: string): string =>
  createHash('sha256').update(`page:${content}`).digest('base64url').slice(0, 16);

function parsed(text: string, otherwise: readonly unknown[]): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}
