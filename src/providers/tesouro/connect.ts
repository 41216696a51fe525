import type { Account } from '../../model/account.ts';
import type { ConnectedProvider } from '../accounting-contract.ts';
import { type ChannelOptions, openChannel, ordinary, type Surroundings } from './channel.ts';

export type { Credentials, Surroundings } from './channel.ts';

/** What a run needs to talk to one organization. */
export interface TesouroOptions extends ChannelOptions {
  /** Its `apiUrl` is what outputs show. */
  readonly account: Account;
}

/** The organization behind the Tesouro FinOps API. Nothing is sent before the first call. Throws Stop for an unusable URL. */
export function connectTesouro(
  options: TesouroOptions,
  surroundings: Surroundings = ordinary,
): ConnectedProvider {
  const channel = openChannel(options, surroundings);
  return { ...channel.connect(options.account), traffic: channel.traffic, close: channel.close };
}
