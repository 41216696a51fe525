import type { CollectionKind } from '../../model/kind.ts';
import type { LiveObject } from '../../model/live.ts';
import { fieldText, labelOf } from '../../plan/words.ts';
import type { AccountBook } from './accounts-of-lines.ts';

/** The ledger accounts as lines of documents mean them. */
export function accountBook(kind: CollectionKind, accounts: readonly LiveObject[]): AccountBook {
  const byId = new Map(accounts.map((each) => [each.id, each]));
  const pulled = accounts.filter(({ external }) => external);
  const byCode = only(pulled, ({ fields }) => fieldText(kind, fields, kind.identity));
  const byName = only(pulled, ({ fields }) => fieldText(kind, fields, 'name'));
  return {
    standsFor: (id) => {
      const account = byId.get(id);
      if (!account) return null;
      if (account.external) return id;
      const code = fieldText(kind, account.fields, kind.identity);
      const name = fieldText(kind, account.fields, 'name');
      const found = code === null ? byName.get(name ?? '') : byCode.get(code);
      return found ?? id;
    },
    label: (id) => {
      const account = byId.get(id);
      return account ? labelOf(kind, account.fields, id) : id;
    },
  };
}

/** Ids by a text that exactly one of them has. */
function only(
  objects: readonly LiveObject[],
  textOf: (object: LiveObject) => string | null,
): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  for (const object of objects) {
    const text = textOf(object);
    if (text !== null) found.set(text, found.has(text) ? null : object.id);
  }
  return new Map([...found].flatMap(([text, id]) => (id === null ? [] : [[text, id] as const])));
}
