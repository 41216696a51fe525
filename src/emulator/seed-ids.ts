import { isObject, type Json, type JsonObject } from './json.ts';
import { seedName } from './seed-defaults.ts';
import { uuidOf } from './store.ts';

/** Ids from what names an object, the same in every run; namesakes are told apart by their order. */
export function idMaker(scope: string): (given: JsonObject) => string {
  const seen = new Map<string, number>();
  return (given) => {
    if (typeof given.id === 'string') return given.id;
    const name = String(seedName(given));
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return uuidOf(`seed/${scope}/${name}/${nth}`);
  };
}

/** Time stamps in the order of the document, a second apart. */
export function stamps(
  { created_at, updated_at }: JsonObject,
  at: number,
): { readonly created_at: string; readonly updated_at: string } {
  const created =
    typeof created_at === 'string' ? created_at : new Date(Date.UTC(2025, 0, 1) + at * 1000).toISOString();
  return { created_at: created, updated_at: typeof updated_at === 'string' ? updated_at : created };
}

/** The objects of a list in a seed. */
export const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
