import type { Credentials } from '../providers/tesouro/channel.ts';
import { proxyUrl } from '../providers/tesouro/dispatcher.ts';
import { baseUrlOf } from './base-url-of.ts';
import type { ClientOptions } from './client.ts';
import { proofOf } from './insides.ts';
import { localCredentials, openLocalPlace } from './local-place.ts';

/** Where a client leads, and what proves who is asking there. */
export interface Place {
  /** As outputs show it. */
  readonly apiUrl: string;
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly proxy: string | null;
  readonly leave: () => Promise<void>;
}

const nothing = async (): Promise<void> => {};

/** Where these options lead; a local environment in this process is started. */
export async function placeOf(options: ClientOptions): Promise<Place> {
  const given = options.url === undefined ? null : { text: options.url, source: 'url' };
  const url = baseUrlOf(options.environment, given);
  if (options.environment !== 'local') {
    const credentials = proofOf(options.credentials);
    const { proxy } = options;
    const through = proxy === undefined ? null : proxyUrl('proxy', proxy, 'The option proxy');
    if (url === null) throw new Error(`${options.environment} has no URL.`);
    return { apiUrl: url, baseUrl: url, credentials, proxy: through, leave: nothing };
  }
  const { file = null, seed = null } = options;
  if (url === null) return { apiUrl: 'local', proxy: null, ...(await openLocalPlace({ file, seed })) };
  if (seed !== null || file !== null)
    throw new TypeError('openClient: a local environment behind a url has its own seed and file.');
  return { apiUrl: url, baseUrl: url, credentials: await localCredentials(), proxy: null, leave: nothing };
}
