import { isObject, type JsonObject, type Stored } from './json.ts';
import { seedDefaults } from './seed-defaults.ts';
import { idMaker, listOf, stamps } from './seed-ids.ts';
import { putAll, type SeedMade } from './seed-made.ts';
import { type References, referencesTo } from './seed-references.ts';
import type { Write } from './state.ts';

/** The writes for what a seed has in the accounting system. */
export function systemWrites(given: JsonObject, place: string, seed: SeedMade): readonly Write[] {
  const system = given.accounting_system ?? null;
  if (!isObject(system)) return [];
  const accounts = over('ledger_accounts', system, seed);
  const rates = over('tax_rates', system, seed);
  const references = referencesTo(
    withOurs(accounts, seed.made.get('ledger_accounts')),
    withOurs(rates, seed.made.get('tax_rates')),
  );
  const documents = (name: 'payables' | 'receivables'): readonly Stored[] => {
    const ids = idMaker(`${seed.organization}/accounting_${name}`);
    return listOf(system[name]).map((each, at) => ({
      ...each,
      lines: linesOf(each, references, `${place}.accounting_system.${name}[${at}]`),
      ...stamps(each, at),
      id: ids({ document_id: each.invoice_number ?? null, ...each }),
    }));
  };
  return [
    ...putAll('accounting_ledger_accounts', accounts, seed),
    ...putAll('accounting_tax_rates', rates, seed),
    ...putAll('accounting_payables', documents('payables'), seed),
    ...putAll('accounting_receivables', documents('receivables'), seed),
  ];
}

/** Accounts or rates over there; one that a pull has brought already keeps its id. */
function over(
  name: 'ledger_accounts' | 'tax_rates',
  system: JsonObject,
  { made, organization }: SeedMade,
): readonly Stored[] {
  const ids = idMaker(`${organization}/accounting_${name}`);
  const code = name === 'tax_rates' ? 'code' : 'nominal_code';
  const keyOf = (each: JsonObject): string =>
    JSON.stringify([each[code] ?? null, each[code] ? null : (each.name ?? null)]);
  const pulled = (made.get(name) ?? []).filter(({ is_external }) => is_external === true);
  const known = new Map(pulled.map((each) => [keyOf(each), each.id]));
  return listOf(system[name]).map((each, at) => {
    const members = { ...each, is_external: true };
    return {
      ...seedDefaults[name](members),
      ...members,
      ...stamps(each, at),
      id: known.get(keyOf(each)) ?? ids(each),
    };
  });
}

const withOurs = (theirs: readonly Stored[], ours: readonly Stored[] = []): readonly Stored[] => {
  const ids = new Set(theirs.map(({ id }) => id));
  return [...theirs, ...ours.filter(({ id }) => !ids.has(id))];
};

const linesOf = ({ lines }: JsonObject, references: References, place: string): readonly JsonObject[] =>
  listOf(lines).map((each, at) => {
    const { accounting_tax_rate_id: rate, ...rest } = references.resolved(each, `${place}.lines[${at}]`);
    if (rate === undefined) return rest;
    return { ...rest, tax_rate_ref: rate === null ? null : { id: rate } };
  });
