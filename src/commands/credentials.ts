import { errorProblem, Stop } from '../model/problem.ts';
import { checkUrl } from '../providers/tesouro/base-url.ts';
import type { Credentials } from '../providers/tesouro/connect.ts';
import { canBeSecret, Secret } from '../providers/tesouro/secret.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What proves who we are, from the environment variables alone, or Stop (exit 3) that names the ones that are missing. With both kinds the access token wins, and a note says so. */
export function credentialsFrom(variables: Variables, note: (text: string) => void): Credentials {
  const token = variable('TESOURO_ACCESS_TOKEN', variables);
  const id = variable('TESOURO_CLIENT_ID', variables);
  const secret = variable('TESOURO_CLIENT_SECRET', variables);
  if (token !== null) {
    if (id !== null || secret !== null)
      note(
        'warning: TESOURO_ACCESS_TOKEN is used; TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET are ignored.\n',
      );
    return { type: 'token', token: new Secret(token) };
  }
  if (id === null || secret === null) throw missing(id, secret);
  const tokenUrl = variable('TESOURO_TOKEN_URL', variables);
  return {
    type: 'client',
    id,
    secret: new Secret(secret),
    tokenUrl: tokenUrl === null ? null : checkUrl(tokenUrl, 'TESOURO_TOKEN_URL'),
  };
}

/** A variable's value without the line break that files and pipes leave; null when unset or empty. */
function variable(name: string, variables: Variables): string | null {
  const value = (variables[name] ?? '').trim();
  if (value === '') return null;
  if (!canBeSecret(value))
    throw new Stop(3, [
      errorProblem(
        'CREDENTIALS_MISSING',
        `The environment variable ${name} holds signs that cannot be part of it.`,
        {
          hint: 'Set it again; a blank or a line break in the middle is the usual reason.',
        },
      ),
    ]);
  return value;
}

function missing(id: string | null, secret: string | null): Stop {
  const names = [id === null ? 'TESOURO_CLIENT_ID' : '', secret === null ? 'TESOURO_CLIENT_SECRET' : ''];
  const absent = names.filter((name) => name !== '').join(' and ');
  return new Stop(3, [
    errorProblem(
      'CREDENTIALS_MISSING',
      `No credentials: ${absent} ${absent.includes(' and ') ? 'are' : 'is'} not set.`,
      {
        hint: 'Set the environment variables TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET, or TESOURO_ACCESS_TOKEN. environment: local needs none.',
      },
    ),
  ]);
}
