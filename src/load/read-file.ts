import type { ProblemCode } from '../model/problem-codes.ts';
import { readRegular } from './read-regular.ts';

/** 50,000 entries take about 8 MB; a larger file is a mistake or an attack. */
export const maxBytes = 8 * 1024 * 1024;

export type ReadFile =
  | { readonly bytes: Buffer; readonly text: string }
  | { readonly code: ProblemCode; readonly message: string; readonly hint: string };

/** The bytes and the text of a file at its real path; or why there are none, in words. */
export async function readFile(path: string, shown: string): Promise<ReadFile> {
  try {
    const found = await readRegular(path, maxBytes);
    if ('bytes' in found) return decode(found.bytes, shown);
    if (found.refused === 'size') return tooLarge(shown, found.size);
    return unreadable(shown, found.refused === 'folder' ? 'it is a folder' : 'it is not a file');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return unreadable(shown, String(code ?? error));
    const hint = 'Check the spelling, and the folder that the path starts from.';
    return { code: 'FILE_NOT_FOUND', message: `There is no file \`${shown}\`.`, hint };
  }
}

/** The text of a file's bytes, or why there is none. */
export function decode(bytes: Buffer, shown: string): ReadFile {
  const hint = 'Save it as plain text in UTF-8.';
  if (bytes.includes(0)) return { code: 'FILE_NOT_TEXT', message: `\`${shown}\` is not a text file.`, hint };
  try {
    return { bytes, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { code: 'FILE_NOT_TEXT', message: `\`${shown}\` is not text in UTF-8.`, hint };
  }
}

/** Why a file is not read: it is too large. */
export const tooLarge = (shown: string, size: number): ReadFile => ({
  code: 'FILE_TOO_LARGE',
  message: `\`${shown}\` has ${Math.ceil(size / 1024 / 1024)} MB; the limit is ${maxBytes / 1024 / 1024} MB.`,
  hint: 'Split it into several files and name them in `extends`.',
});

/** Why a file is not read: the reason stands in a sentence of its own. */
export const unreadable = (shown: string, reason: string): ReadFile => ({
  code: 'FILE_UNREADABLE',
  message: `\`${shown}\` cannot be read: ${reason}.`,
  hint: 'Check what it is and who may read it.',
});
