import type { Account } from '../model/account.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** The line that every human output starts with: whose books, in which environment, behind which URL. */
export function header(account: Account, paint: Paint): string {
  const { organization, environment, apiUrl } = account;
  const who = organization.name === null ? organization.id : `${organization.name} (${organization.id})`;
  const where = environment === 'production' ? paint.red(environment) : printable(environment);
  const at = apiUrl === environment ? '' : ` · ${printable(apiUrl)}`;
  return `${paint.bold(printable(who))} · ${where}${at}\n`;
}
