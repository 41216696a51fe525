import type { Environment } from '../model/desired.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { checkUrl, isLoopback } from '../providers/tesouro/base-url.ts';

const baseUrls: Readonly<Record<Exclude<Environment, 'local'>, string>> = {
  sandbox: 'https://api.sandbox.tesouro.com/v1',
  production: 'https://api.tesouro.com/v1',
};

/** A URL that somebody gave, and how it was given. */
export interface GivenUrl {
  readonly text: string;
  readonly source: string;
}

/** The base URL of an environment, path prefix included: the given one, else its own; Stop (exit 3) for one of another environment. Null: the local environment in this process. */
export function baseUrlOf(environment: Environment, given: GivenUrl | null): string | null {
  if (given === null) return environment === 'local' ? null : baseUrls[environment];
  const { source, text } = given;
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
