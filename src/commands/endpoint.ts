import type { Environment } from '../model/desired.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { checkUrl, isLoopback } from '../providers/tesouro/base-url.ts';

const baseUrls: Readonly<Record<Exclude<Environment, 'local'>, string>> = {
  sandbox: 'https://api.sandbox.tesouro.com/v1',
  production: 'https://api.tesouro.com/v1',
};

/** The base URL of an environment, path prefix included: the option's, else the variable's, else its own. Null: the local environment in this process. */
export function endpointOf(
  environment: Environment,
  option: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): string | null {
  const fromVariable = (variables.TESOURO_API_URL ?? '').trim();
  const text = option ?? (fromVariable === '' ? undefined : fromVariable);
  const source = option === undefined ? 'TESOURO_API_URL' : '--api-url';
  if (text === undefined) return environment === 'local' ? null : baseUrls[environment];
  const url = checkUrl(text, source);
  const { hostname } = new URL(url);
  if (environment === 'local' && !isLoopback(hostname)) throw elsewhere(environment, url, source);
  for (const [other, base] of Object.entries(baseUrls))
    if (other !== environment && new URL(base).hostname === hostname)
      throw elsewhere(environment, url, source);
  return url;
}

const elsewhere = (environment: Environment, url: string, source: string): Stop =>
  new Stop(3, [
    errorProblem('URL_INVALID', `The environment is ${environment}, but ${source} is ${url}, which is not.`, {
      hint:
        environment === 'local'
          ? `Unset ${source} to use the local environment in this process, or point it to 127.0.0.1.`
          : `Unset ${source}, or change the environment in the file.`,
    }),
  ]);
