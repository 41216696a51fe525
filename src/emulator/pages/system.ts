import { hundredthsToPercent, percentToHundredths } from '../../model/percent.ts';
import { activeConnection, connectionOf, connectionWrite } from '../accounting/connection.ts';
import type { World } from '../call.ts';
import type { JsonObject, Stored } from '../json.ts';
import { seedDefaults } from '../seed-defaults.ts';
import type { Organization } from '../state.ts';
import { escaped, page } from './html.ts';
import type { Page } from './pages.ts';

/** The accounting system as its own user sees it, where accounts and rates are made by hand; null for an unknown organization. */
export function systemPage(organization: string, world: World): Page | null {
  if (!world.store.state.organizations.has(organization)) return null;
  const books = () => world.store.organization(organization);
  return {
    organization,
    show: () => shown(books()),
    answer: (form) => {
      const what = form.get('what') ?? '';
      if (what === 'permission') return withdraw(books(), world);
      if (what === 'ledger_account' || what === 'tax_rate') return make(what, form, organization, world);
      return 'Answer with one of the forms';
    },
  };
}

/** Takes the permission of the connection away, as people do over there. */
function withdraw(books: Organization, world: World): string | null {
  const active = activeConnection(books);
  const connection = active && connectionOf(books.id, active.id, world);
  if (!connection) return 'Nothing is connected';
  const errors = [{ message: 'the permission was withdrawn in the accounting system' }];
  world.store.commit([connectionWrite(connection, { status: 'deauthorized', errors }, world.now())]);
  return null;
}

function make(
  what: 'ledger_account' | 'tax_rate',
  form: URLSearchParams,
  organization: string,
  { store, now }: World,
): string | null {
  const [code, name] = [(form.get('code') ?? '').trim(), (form.get('name') ?? '').trim()];
  if (code === '' || name === '' || code.length > 500 || name.length > 500)
    return 'Both code and name are needed, of at most 500 characters';
  const rate = percentToHundredths(form.get('percent') ?? '');
  if (what === 'tax_rate' && (rate === null || rate > 10_000))
    return 'The percentage is a number from 0% to 100%, with at most two decimals';
  const collection = what === 'tax_rate' ? 'accounting_tax_rates' : 'accounting_ledger_accounts';
  const { seq, id } = store.fresh(organization, collection);
  const members: JsonObject =
    what === 'tax_rate'
      ? {
          ...seedDefaults.tax_rates({ is_external: true, effective_tax_rate: rate }),
          effective_tax_rate: rate,
          code,
        }
      : { ...seedDefaults.ledger_accounts(), nominal_code: code };
  const time = now().toISOString();
  const value: Stored = { ...members, name, is_external: true, id, created_at: time, updated_at: time };
  store.commit([{ organization, collection, id, seq, value }]);
  return null;
}

function shown(books: Organization): string {
  const { collections, id, name } = books;
  const connection = activeConnection(books);
  const accounts = thereOf(collections, 'ledger_accounts').map((each) => [
    each.nominal_code,
    each.name,
    each.status,
  ]);
  const rates = thereOf(collections, 'tax_rates').map((each) => [
    each.code,
    each.name,
    hundredthsToPercent(Number(each.effective_tax_rate)),
  ]);
  const documents = collections.accounting_payables.size + collections.accounting_receivables.size;
  const state = connection
    ? `<form method="post"><p>Connected. <button name="what" value="permission">Withdraw the permission</button></p></form>`
    : '<p>Nothing is connected.</p>';
  return page(
    `The accounting system of ${escaped(name ?? id)}`,
    `<p>The local environment of Ledgerform plays it. What you make here comes with the next pull. Documents: ${documents}.</p>
${state}
<h2>Ledger accounts</h2>
${table(accounts)}
<form method="post"><input name="code" placeholder="code"> <input name="name" placeholder="name"> <button name="what" value="ledger_account">Make an account</button></form>
<h2>Tax rates</h2>
${table(rates)}
<form method="post"><input name="code" placeholder="code"> <input name="name" placeholder="name"> <input name="percent" placeholder="5%"> <button name="what" value="tax_rate">Make a tax rate</button></form>`,
  );
}

/** What was pulled and what is still to be pulled, each once. */
function thereOf(
  collections: Organization['collections'],
  name: 'ledger_accounts' | 'tax_rates',
): readonly Stored[] {
  const theirs = [...collections[`accounting_${name}`].entries()].map(({ value }) => value);
  const ids = new Set(theirs.map((each) => each.id));
  const pulled = [...collections[name].entries()].map(({ value }) => value);
  return [...pulled.filter((each) => each.is_external === true && !ids.has(each.id)), ...theirs];
}

const table = (rows: readonly (readonly unknown[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(String(cell ?? ''))}</td>`).join('')}</tr>`).join('')}</table>`;
