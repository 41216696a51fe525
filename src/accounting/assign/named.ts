import type { Account } from './chart.ts';
import type { Evidence } from './evidence.ts';
import type { Group } from './groups.ts';
import { sameWord, wordsOf } from './words.ts';

/** What the accounts are usually called that settings point to. */
const usual = {
  payments: 'payment clearing transit undeposited bank cash',
  products: 'sales income revenue turnover fees',
};

/** A word that stands in more accounts than this says less of each of them. */
const tellingUpTo = 2;

/**
 * Prepares what names say: words of a product, a line or its vendor that stand in the name or the description of an account.
 * An account of the sort that such things are usually on counts more (`Income` for products, `Expense` for lines), one of
 * another sort much less.
 */
export function nameEvidence(chart: readonly Account[]): (group: Group) => readonly Evidence[] {
  const lookUp = wordIndex(chart);
  return (group) => {
    const asked = askedIn(group);
    const found = new Map<Named, Hits>();
    for (const word of asked) {
      const { inDescription, inName, telling } = lookUp(word);
      for (const named of inName) hitsOf(found, named).name.push({ word, telling });
      for (const named of inDescription) hitsOf(found, named).description.push({ word, telling });
    }
    return [...found].map(([{ account, name }, hits]): Evidence => {
      const coverage = (weigh(hits.name) + 0.5 * weigh(hits.description)) / asked.length;
      const precision = weigh(hits.name) / Math.max(1, name.length, hits.name.length);
      const { factor, says } = typeOf(account, group);
      const score = Math.min(0.75, 0.7 * (0.5 * coverage + 0.5 * precision) * factor);
      return { account: account.address, by: 'name', score, why: `${phrase(hits)}${says}` };
    });
  };
}

/** An account by its words. */
interface Named {
  readonly account: Account;
  readonly name: readonly string[];
  readonly description: readonly string[];
}

interface Hit {
  readonly word: string;
  readonly telling: number;
}

interface Hits {
  readonly name: Hit[];
  readonly description: Hit[];
}

interface Found {
  readonly inName: readonly Named[];
  /** Only those whose name does not have it. */
  readonly inDescription: readonly Named[];
  readonly telling: number;
}

/** Where a word stands; each word is looked for once, however many groups have it. */
function wordIndex(chart: readonly Account[]): (word: string) => Found {
  const all = chart.map(
    (account): Named => ({ account, name: wordsOf(account.name), description: wordsOf(account.description) }),
  );
  const known = new Map<string, Found>();
  return (word) => {
    const before = known.get(word);
    if (before) return before;
    const inName = all.filter(({ name }) => has(name, word));
    const inDescription = all.filter(({ description, name }) => !has(name, word) && has(description, word));
    const telling = Math.min(1, tellingUpTo / Math.max(1, inName.length + inDescription.length));
    const found = { inName, inDescription, telling };
    known.set(word, found);
    return found;
  };
}

function hitsOf(found: Map<Named, Hits>, named: Named): Hits {
  const hits = found.get(named) ?? { name: [], description: [] };
  found.set(named, hits);
  return hits;
}

const weigh = (hits: readonly Hit[]): number => hits.reduce((sum, { telling }) => sum + telling, 0);

const has = (words: readonly string[], word: string): boolean => words.some((each) => sameWord(each, word));

function askedIn(group: Group): readonly string[] {
  if (group.type === 'setting') return wordsOf(usual[group.optional ? 'products' : 'payments']);
  return [...new Set([...wordsOf(group.name), ...wordsOf(group.vendor)])];
}

function phrase({ description, name }: Hits): string {
  const list = (hits: readonly Hit[]): string => hits.map(({ word }) => `“${word}”`).join(' and ');
  const stands = (hits: readonly Hit[]): string => (hits.length === 1 ? 'stands' : 'stand');
  if (description.length === 0) return `${list(name)} ${stands(name)} in its name`;
  if (name.length === 0) return `${list(description)} ${stands(description)} in its description`;
  return `${list(name)} ${stands(name)} in its name, ${list(description)} in its description`;
}

/** What the sort of an account says about it here. */
function typeOf({ type }: Account, group: Group): { readonly factor: number; readonly says: string } {
  if (type === null) return { factor: 1, says: '' };
  return typesFor(group).includes(type)
    ? { factor: 1.3, says: `; its type is ${type}` }
    : { factor: 0.4, says: `, but its type is ${type}` };
}

/** The sorts of accounts that such things are usually on; payments wait on an account of the balance sheet. */
function typesFor(group: Group): readonly string[] {
  if (group.type === 'setting') return group.optional ? ['Income'] : ['Asset', 'Liability'];
  return group.type === 'product' ? ['Income'] : ['Expense'];
}
