import { type Stats, statSync } from 'node:fs';

/** What is at a path, wherever links lead; undefined where nothing can be: links that go round in circles and names that are too long lead to nothing. */
export function statsAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
