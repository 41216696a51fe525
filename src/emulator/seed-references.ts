import { isObject, type Json, type JsonObject } from './json.ts';

/** What is wrong with a seed document, each with its place in the document. */
export class SeedInvalid extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`the seed document is not valid:\n${problems.map((each) => `- ${each}`).join('\n')}`);
    this.name = 'SeedInvalid';
    this.problems = problems;
  }
}

/** Finds accounts and rates of one organization of a seed by what they are. */
export interface References {
  /** The id behind a look-up, an id or null. */
  idOf(noun: 'ledger_account' | 'tax_rate', wanted: Json, place: string): string | null;
  /** The members with each look-up replaced by the id that it finds. */
  resolved(members: JsonObject, place: string): JsonObject;
}

const idMember = { ledger_account: 'ledger_account_id', tax_rate: 'accounting_tax_rate_id' } as const;

/** References to the given accounts and rates; a look-up that finds none or several throws SeedInvalid. */
export function referencesTo(accounts: readonly JsonObject[], rates: readonly JsonObject[]): References {
  const targets = { ledger_account: accounts, tax_rate: rates };
  const indexes = new Map<string, ReadonlyMap<Json, readonly string[]>>();
  const indexOf = (noun: keyof typeof targets, member: string): ReadonlyMap<Json, readonly string[]> => {
    const kept = indexes.get(`${noun}.${member}`) ?? idsBy(targets[noun], member);
    indexes.set(`${noun}.${member}`, kept);
    return kept;
  };
  const idOf: References['idOf'] = (noun, wanted, place) => {
    if (typeof wanted === 'string' || wanted === null) return wanted;
    const [[member, value] = ['id', null]] = Object.entries(isObject(wanted) ? wanted : {});
    const found = indexOf(noun, member).get(value) ?? [];
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    const count = found.length === 0 ? 'no' : `${found.length} objects, not one`;
    throw new SeedInvalid([
      `${place}: ${count} ${noun.replace('_', ' ')} of this organization with ${member} ${JSON.stringify(value)}`,
    ]);
  };
  return {
    idOf,
    resolved: (members, place) => {
      const { ledger_account, tax_rate, ...rest } = members;
      const ids = Object.entries({ ledger_account, tax_rate }).flatMap(([noun, wanted]) => {
        if (wanted === undefined) return [];
        // The two names stand right above.
        const name = noun as keyof typeof idMember;
        return [[idMember[name], idOf(name, wanted, `${place}.${noun}`)] as const];
      });
      return { ...rest, ...Object.fromEntries(ids) };
    },
  };
}

function idsBy(objects: readonly JsonObject[], member: string): ReadonlyMap<Json, readonly string[]> {
  const index = new Map<Json, string[]>();
  for (const each of objects) {
    const value = each[member] ?? null;
    const ids = index.get(value) ?? [];
    ids.push(String(each.id));
    index.set(value, ids);
  }
  return index;
}
