import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CollectionKind, Kinds, SettingSlot } from '../src/model/kind.ts';

interface KindFolder {
  readonly folder: string;
  /** The folder's name in camel case. */
  readonly name: string;
  readonly isSettings: boolean;
  readonly kind: CollectionKind | undefined;
  readonly slots: readonly SettingSlot[];
}

const parent = fileURLToPath(new URL('../src/providers/tesouro/kinds', import.meta.url));

/** Every kind folder, read from disk and not from the generated list. */
export async function kindFolders(): Promise<readonly KindFolder[]> {
  const entries = await readdir(parent, { withFileTypes: true });
  const folders = entries.filter((each) => each.isDirectory()).map((each) => each.name);
  return Promise.all(
    folders.sort().map(async (folder) => {
      const module: { kind?: CollectionKind; slots?: readonly SettingSlot[] } = await import(
        pathToFileURL(join(parent, folder, 'kind.ts')).href
      );
      if (!module.kind && !module.slots) throw new Error(`${folder}/kind.ts exports neither kind nor slots.`);
      return {
        folder,
        name: folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
        isSettings: module.slots !== undefined,
        kind: module.kind,
        slots: module.slots ?? [],
      };
    }),
  );
}

/** What the folders come to. */
export async function kindsOnDisk(): Promise<Kinds> {
  const folders = await kindFolders();
  return {
    collections: folders.flatMap((each) => (each.kind ? [each.kind] : [])),
    settings: folders.flatMap((each) => each.slots),
  };
}
