import type { Credentials as Proof } from '../providers/tesouro/channel.ts';
import { canBeSecret, Secret } from '../providers/tesouro/secret.ts';
import { checkOptions, text } from './check-options.ts';
import { type Opaque, opaque } from './inside.ts';

/** Who asks. Printed, inspected or put into JSON it shows no secret. */
export interface Credentials extends Opaque {
  readonly type: 'client' | 'token';
}

/** A client of the partner's, and what proves it. */
export interface ClientCredentials {
  readonly id: string;
  readonly secret: string;
  /** Where tokens are asked for, https; by default `/auth/token` behind the base URL. */
  readonly tokenUrl?: string | undefined;
}

/** The client that asks for tokens as it needs them, and renews them. Throws TypeError for texts that no header can hold. */
export function clientCredentials(client: ClientCredentials): Credentials {
  checkOptions('clientCredentials', client, { id: usable, secret: usable, tokenUrl: text }, ['id', 'secret']);
  const { id, secret, tokenUrl = null } = client;
  const proof: Proof = { type: 'client', id, secret: new Secret(secret), tokenUrl };
  return opaque({ type: 'client' as const }, proof);
}

/** One access token, for as long as it is valid: nobody renews it. Throws TypeError for a text that no header can hold. */
export function accessToken(token: string): Credentials {
  const wrong = usable(token);
  if (wrong !== null) throw new TypeError(`accessToken: the token must be ${wrong}.`);
  const proof: Proof = { type: 'token', token: new Secret(token) };
  return opaque({ type: 'token' as const }, proof);
}

const usable = (value: unknown): string | null =>
  typeof value === 'string' && canBeSecret(value) ? null : 'visible signs without blanks or line breaks';
