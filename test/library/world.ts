import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import {
  type Client,
  type Configuration,
  clientCredentials,
  loadTexts,
  openClient,
} from '../../src/index.ts';
import { accounts, openSandbox, organization, type Sandbox, seedOf } from '../commands/workbench.ts';

/** The program's view of a service on loopback that calls itself the sandbox. */
export interface World extends Sandbox {
  readonly client: Client;
}

/** Does something with a client of an emulator, and ends both. */
export async function withClient(
  options: Partial<EmulatorOptions>,
  work: (world: World) => Promise<void>,
  limits: { readonly requestsPerSecond?: number; readonly secret?: string } = {},
): Promise<void> {
  const sandbox = await openSandbox(options);
  const { secret, ...rest } = limits;
  const client = await openClient({ ...sandboxOptions(sandbox, secret), ...rest });
  try {
    await work({ ...sandbox, client });
  } finally {
    await client.close();
    await sandbox.emulator.close();
  }
}

/** How the emulator is reached. */
export const sandboxOptions = ({ emulator, environment }: Sandbox, secret?: string) => ({
  environment: 'sandbox' as const,
  url: emulator.url,
  credentials: clientCredentials({
    id: environment.TESOURO_CLIENT_ID ?? '',
    secret: secret ?? environment.TESOURO_CLIENT_SECRET ?? '',
  }),
});

export const idOf = (number: number): string =>
  number === 0 ? organization : `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The text of a configuration. */
export const textOf = (body: string = accounts, id: string = organization, environment = 'sandbox'): string =>
  `version: 1\norganization: { id: ${id}, name: Acme GmbH }\nenvironment: ${environment}\n${body}`;

/** A configuration that is as it should be. */
export async function configured(
  text: string = textOf(),
  more: { readonly commit?: string } = {},
): Promise<Configuration> {
  const loaded = await loadTexts({ texts: { 'ledgerform.yaml': text }, path: 'ledgerform.yaml', ...more });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.configuration;
}

/** The codes of problems. */
export const codesOf = (problems: readonly { readonly code: string }[]): string =>
  problems.map(({ code }) => code).join();

/** The seed of many organizations that hold nothing. */
export const manyOrganizations = (count: number): unknown => ({
  organizations: Array.from({ length: count }, (_, number) => ({
    id: idOf(number),
    name: `Tenant ${number}`,
  })),
});

export { seedOf };
