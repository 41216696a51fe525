import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** The bytes of a regular file, or why they were not read. */
export type Regular =
  | { readonly bytes: Buffer }
  | { readonly refused: 'folder' | 'special' }
  | { readonly refused: 'size'; readonly size: number };

/**
 * Reads a regular file of at most so many bytes, whatever is put in its place meanwhile: opening waits for nobody and
 * follows no link at the end of the path (give the real one), what was opened is asked once more what it is, and not
 * more is read of it than that. Throws what the system says.
 */
export async function readRegular(path: string, most: number): Promise<Regular> {
  // Before it is opened, because opening some devices does something.
  const before = refusalOf(await stat(path), most);
  if (before) return before;
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
  const file = await open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const after = refusalOf(await file.stat(), most);
    if (after) return after;
    const chunks: Buffer[] = [];
    let size = 0;
    // A file may grow, and some say that they are empty and are not.
    for await (const chunk of file.createReadStream({ end: most, autoClose: false })) {
      chunks.push(chunk);
      size += chunk.length;
    }
    return size > most ? { refused: 'size', size } : { bytes: Buffer.concat(chunks) };
  } finally {
    await file.close();
  }
}

interface Facts {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

function refusalOf(facts: Facts, most: number): Regular | null {
  if (!facts.isFile()) return { refused: facts.isDirectory() ? 'folder' : 'special' };
  return facts.size > most ? { refused: 'size', size: facts.size } : null;
}
