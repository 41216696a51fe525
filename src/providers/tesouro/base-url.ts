import { errorProblem, Stop } from '../../model/problem.ts';

/** The URL without a trailing slash, or Stop (exit 3, URL_INVALID): https only, except on this machine. `name` is how the user gave it. */
export function checkUrl(text: string, name = 'The API’s URL'): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url)
    // It is not shown: what is no URL may be a password, or hold one.
    throw invalid(`${name} is no URL.`, 'Write it in full: https://api.sandbox.tesouro.com/v1.');
  if (url.username !== '' || url.password !== '')
    throw invalid(
      `${name} holds a user name or a password.`,
      'Remove it: credentials come from TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET.',
    );
  if (url.search !== '' || url.hash !== '')
    throw invalid(`${name} is ${url.origin} with a query or a fragment.`, 'Write only host and path.');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure)
    throw invalid(
      `${name} is not https.`,
      'Only https is allowed, except on this machine (127.0.0.1, localhost).',
    );
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether a host name of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const invalid = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('URL_INVALID', message, { hint })]);
