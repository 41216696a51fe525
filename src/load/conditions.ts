import { membersOf, type Tree, textOf } from './tree.ts';

/** How the texts of a condition are written in their one form. */
export type Form = (text: string) => string;

/** Texts in which `*` stands for any text: several in a row say no more than one. */
export const pattern: Form = (text) => text.replace(/\*{2,}/g, '*');
/** One of the language's own words. */
export const word: Form = (text) => text;
export const lowerCase: Form = (text) => text.toLowerCase();
export const upperCase: Form = (text) => text.toUpperCase();

type Texts = Readonly<Record<string, readonly string[]>>;

/**
 * The texts of each condition; one that any text meets (`*`) is left out, as it demands nothing. Null when something in it
 * cannot be used, which is a problem of its own: nothing may be concluded from the rest.
 */
export function textsOf(tree: Tree | undefined, forms: Readonly<Record<string, Form>>): Texts | null {
  if (tree && tree.type !== 'mapping') return null;
  const texts: Record<string, readonly string[]> = {};
  for (const [field, { value }] of membersOf(tree)) {
    const form = Object.hasOwn(forms, field) ? forms[field] : undefined;
    const found = form ? valuesOf(value, form) : null;
    if (!form || !found) return null;
    if (form !== pattern || !found.includes('*')) texts[field] = found;
  }
  return texts;
}

function valuesOf(tree: Tree, form: Form): readonly string[] | null {
  const values = new Set<string>();
  for (const item of tree.type === 'sequence' ? tree.items : [tree]) {
    const text = textOf(item);
    if (!text) return null;
    values.add(form(text));
  }
  return values.size > 0 ? [...values] : null;
}

/** Ids of the service differ by nothing but letters’ case for those who copy them; a document number is no such id. */
const uuids: ReadonlySet<string> = new Set(['id', 'counterpart_id']);

/** What one thing is meant by: the one member of the mapping. Null when it does not have exactly one usable one. */
export function selectorOf<By extends string>(
  tree: Tree | undefined,
  fields: readonly By[],
): { readonly by: By; readonly text: string } | null {
  const [member, ...more] = membersOf(tree);
  const by = fields.find((field) => field === member?.[0]);
  const text = textOf(member?.[1].value);
  if (by === undefined || !text || more.length > 0) return null;
  return { by, text: uuids.has(by) ? text.toLowerCase() : text };
}
