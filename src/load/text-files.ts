import { resolve } from 'node:path';
import { type FileSource, pathBelow } from './file-source.ts';
import { decode, maxBytes, type ReadFile, tooLarge } from './read-file.ts';

/** The folder that texts stand in, in a place that no disk has a part in. */
export const textsRoot = resolve('/ledgerform-texts');

/** Texts in memory, by path with `/`, as if they lay in `textsRoot`: no disk is looked at, and no links are there. */
export function textFiles(texts: Readonly<Record<string, string>>): FileSource {
  const byPath = new Map(Object.entries(texts).map(([path, text]) => [resolve(textsRoot, path), text]));
  return {
    real: async (path) => resolve(path),
    // What was given may be read, wherever its name leads.
    inside: async (root, path) => byPath.has(path) || pathBelow(root, path) !== null,
    shown: async (root, path) => pathBelow(root, path) || path,
    isFolder: async (path) => {
      const below = [...byPath.keys()].some((each) => each !== path && pathBelow(path, each) !== null);
      return below && !byPath.has(path);
    },
    read: async (path, shown) => {
      const text = byPath.get(path);
      if (text === undefined) return missing(shown);
      const bytes = Buffer.from(text);
      return bytes.length > maxBytes ? tooLarge(shown, bytes.length) : decode(bytes, shown);
    },
  };
}

const missing = (shown: string): ReadFile => ({
  code: 'FILE_NOT_FOUND',
  message: `There is no file \`${shown}\`.`,
  hint: 'It is not among the texts that were given; they are named by their path.',
});
