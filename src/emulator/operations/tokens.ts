import type { Handler } from '../call.ts';
import { Refusal } from '../refusal.ts';
import { checkClient } from '../tokens.ts';

/** The operations of access tokens. */
export const tokenOperations: Readonly<Record<string, Handler>> = {
  createToken: ({ body }, { tokens, switches }) => {
    if (switches.token_endpoint === 'oidc') throw new Refusal(404, 'not_found', 'there is no such path');
    checkClient(body.client_id, body.client_secret);
    if (body.grant_type === 'entity_user' && switches.user_tokens === 'refused') {
      throw new Refusal(400, 'unsupported_grant_type', 'organization users get no tokens here');
    }
    return {
      status: 200,
      body: grant(tokens.issue(Number(switches.token_lifetime)), switches.token_lifetime),
    };
  },
  createOidcToken: ({ body }, { tokens, switches }) => {
    if (switches.token_endpoint === 'json') throw new Refusal(404, 'not_found', 'there is no such path');
    const oauth = switches.oidc_errors === 'oauth';
    try {
      checkClient(body.client_id, body.client_secret);
    } catch (error) {
      throw oauth
        ? new Refusal(401, 'invalid_client', 'invalid_client', { fixed: { error: 'invalid_client' } })
        : error;
    }
    if (body.grant_type !== 'client_credentials' && switches.user_tokens === 'refused') {
      const fixed = { error: 'unsupported_grant_type' };
      throw new Refusal(
        400,
        'unsupported_grant_type',
        'organization users get no tokens here',
        oauth ? { fixed } : {},
      );
    }
    return {
      status: 200,
      body: grant(tokens.issue(Number(switches.token_lifetime)), switches.token_lifetime),
    };
  },
  revokeToken: ({ body }, { tokens }) => {
    checkClient(body.client_id, body.client_secret);
    if (typeof body.token === 'string') tokens.revoke(body.token);
    return { status: 200, body: { message: 'The token has been revoked.' } };
  },
};

const grant = (access_token: string, lifetime: string) => ({
  access_token,
  token_type: 'Bearer',
  expires_in: Number(lifetime),
});
