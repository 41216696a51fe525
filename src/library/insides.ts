import type { Desired } from '../model/desired.ts';
import type { Credentials as Proof } from '../providers/tesouro/channel.ts';
import type { OpenOrganization } from './client.ts';
import type { Configuration } from './configuration.ts';
import type { Credentials } from './credentials.ts';
import { inside, type Opaque } from './inside.ts';
import type { Reach } from './reach.ts';

/* What the library keeps in the values that it hands out. Each kind of value is made in one place, which puts this and nothing else inside. */

/** What the configuration declares. */
export const desiredOf = (configuration: Configuration): Desired =>
  insideOf(configuration, 'loadFiles or loadTexts') as Desired; // see above

/** What proves who asks. */
export const proofOf = (credentials: Credentials): Proof =>
  insideOf(credentials, 'clientCredentials or accessToken') as Proof; // see above

/** How the organization is reached. */
export const reachOf = (organization: OpenOrganization): Reach =>
  insideOf(organization, 'the function organization of a client') as Reach; // see above

function insideOf(value: Opaque, maker: string): unknown {
  const given: unknown = value;
  if (typeof given === 'object' && given !== null && inside in given) return value[inside];
  throw new TypeError(`What is given was not made by ${maker}.`);
}
