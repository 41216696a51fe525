import { authorised, type Connection, connectionOf, connectionWrite } from '../accounting/connection.ts';
import type { World } from '../call.ts';
import { escaped, page } from './html.ts';
import type { Page } from './pages.ts';

/** Where a person authorises a connection. */
export const pageOf = ({ root }: Pick<World, 'root'>, id: string): string => `${root()}/authorise/${id}`;

/** The page on which a person authorises a connection; null where there is none with this id. */
export function authorisePage(id: string, world: World): Page | null {
  const organization = ownerOf(id, world);
  if (organization === null) return null;
  const current = (): Connection | null => connectionOf(organization, id, world);
  return {
    organization,
    show: () => shown(current(), organization, world),
    answer: (form) => {
      const connection = current();
      const word = form.get('answer') ?? '';
      if (!Object.hasOwn(buttons, word)) return 'Answer with one of the buttons';
      if (connection) carryOut(connection, word, world);
      return null;
    },
  };
}

function ownerOf(id: string, world: World): string | null {
  for (const organization of world.store.state.organizations.keys())
    if (connectionOf(organization, id, world)) return organization;
  return null;
}

const buttons: Readonly<Record<string, string>> = {
  xero: 'Connect as Xero',
  quickbooks_online: 'Connect as QuickBooks Online',
  refuse: 'Refuse',
};

function carryOut(connection: Connection, answer: string, world: World): void {
  const time = world.now();
  if (connection.value.status !== 'pending_auth') return;
  const errors = [{ message: 'access was refused on the authorisation page' }];
  world.store.commit(
    answer === 'refuse'
      ? [connectionWrite(connection, { status: 'deauthorized', errors }, time)]
      : authorised(connection, answer, time, world),
  );
}

function shown(connection: Connection | null, organization: string, { store }: World): string {
  const name = escaped(store.organization(organization).name ?? organization);
  const status = connection?.value.status ?? 'gone';
  if (status === 'pending_auth') {
    const choices = Object.entries(buttons).map(
      ([answer, label]) => `<button name="answer" value="${answer}">${label}</button>`,
    );
    return page(
      `Let ${name} use an accounting system?`,
      `<p>This is the local environment of Ledgerform: behind it there is no real accounting system, and nothing leaves this machine.</p>
<form method="post">${choices.join(' ')}</form>`,
    );
  }
  const title = status === 'connected' ? 'Connected' : `This connection is ${escaped(String(status))}`;
  return page(
    title,
    `<p>Organization: ${name}. You can close this page, or see <a href="/accounting-system/${escaped(organization)}">what is in its accounting system</a>.</p>`,
  );
}
