import { join } from 'node:path';
import type { Account } from '../model/account.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import type { ChannelOptions, Credentials } from '../providers/tesouro/channel.ts';
import { connectTesouro } from '../providers/tesouro/connect.ts';
import { Secret } from '../providers/tesouro/secret.ts';
import { printable } from '../render/printable.ts';
import type { CommonOptions } from './common-options.ts';
import { credentialsFrom } from './credentials.ts';
import { endpointOf } from './endpoint.ts';
import { refuseLinkedFolder } from './own-folder.ts';
import type { Shell } from './shell.ts';
import { statsText } from './stats.ts';

/** Whom to connect to, as the configuration or a saved plan says. */
export type Whose = Pick<Account, 'organization' | 'environment'>;

/** Where the in-process local environment keeps its data. */
export const localFile = (root: string): string => join(root, '.ledgerform', 'local.json');

/** Where an organization is reached. */
export interface Place {
  /** As outputs show it. */
  readonly apiUrl: string;
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly leave: () => Promise<void>;
}

/** Does something with the organization, and ends the connection whatever happens. With `--stats` it says what the run took. */
export async function withProvider<T>(
  whose: Whose,
  root: string,
  options: CommonOptions,
  shell: Shell,
  work: (provider: ConnectedProvider) => Promise<T>,
): Promise<T> {
  const started = shell.edge.now().getTime();
  const place = await placeOf(whose, root, options, shell);
  const { apiUrl } = place;
  const { organization, environment } = whose;
  const account = { organization, environment, apiUrl };
  const provider = connectTesouro({ ...channelOptions(whose, place, options, shell), account });
  try {
    return await work(provider);
  } finally {
    const traffic = provider.traffic();
    await provider.close();
    await place.leave();
    if (options.stats) shell.edge.stderr.write(statsText(traffic, shell.edge.now().getTime() - started));
  }
}

/** How an organization's place is talked to. */
export const channelOptions = (
  { environment }: Pick<Whose, 'environment'>,
  { baseUrl, credentials }: Place,
  options: CommonOptions,
  shell: Shell,
): ChannelOptions => ({
  baseUrl,
  credentials,
  concurrency: options.concurrency ?? 30,
  rateLimit: options.rateLimit ?? null,
  deadlineSeconds: options.timeout ?? null,
  attended: shell.person.attended,
  abort: shell.interrupt.abort,
  // Never through a proxy to this machine.
  environment: environment === 'local' ? {} : shell.edge.variables,
  log: ({ method, path, status, ms, requestId, attempt }) =>
    shell.log(
      printable(
        `${method} ${path} ${status ?? 'no answer'} ${Math.round(ms)} ms${attempt > 1 ? ` (attempt ${attempt})` : ''} ${requestId ?? ''}`,
      ).trimEnd(),
    ),
});

/** Where the organizations of an environment are reached; for the in-process local one it is started. */
export async function placeOf(
  { environment }: Pick<Whose, 'environment'>,
  root: string,
  options: CommonOptions,
  shell: Shell,
): Promise<Place> {
  const url = endpointOf(environment, options.apiUrl, shell.edge.variables);
  if (environment !== 'local' && url !== null)
    return {
      apiUrl: url,
      baseUrl: url,
      credentials: credentialsFrom(shell.edge.variables, shell.note),
      leave: async () => {},
    };
  // A real secret never goes to a local environment: it has credentials of its own.
  const { localCredentials } = await import('../emulator/emulator.ts');
  const { id, secret } = localCredentials;
  const credentials: Credentials = { type: 'client', id, secret: new Secret(secret), tokenUrl: null };
  if (url !== null) return { apiUrl: url, baseUrl: url, credentials, leave: async () => {} };
  await refuseLinkedFolder(root);
  const { openLocal } = await import('./open-local.ts');
  const emulator = await openLocal({
    port: 0,
    file: localFile(root),
    seed: null,
    // Nobody can open a page of a server that ends with the command.
    switches: { authorisation: '500ms' },
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: shell.edge.now,
  });
  return { apiUrl: 'local', baseUrl: emulator.url, credentials, leave: () => emulator.close() };
}
