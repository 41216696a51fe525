import { join } from 'node:path';
import { diskFiles, type FileSource } from './file-source.ts';
import { maxBytes, tooLarge } from './read-file.ts';

/** The files of the disk, some of them (by their path below the root) as they would be with another text, there or not. */
export async function withTexts(root: string, texts: ReadonlyMap<string, string>): Promise<FileSource> {
  const held = new Map<string, string>();
  for (const [path, text] of texts) held.set(await diskFiles.real(join(root, path)), text);
  return {
    ...diskFiles,
    read: async (real, shown) => {
      const text = held.get(real);
      if (text === undefined) return diskFiles.read(real, shown);
      const bytes = Buffer.from(text);
      return bytes.length > maxBytes ? tooLarge(shown, bytes.length) : { bytes, text };
    },
  };
}
