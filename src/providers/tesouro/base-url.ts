import { errorProblem, Stop } from '../../model/problem.ts';

/** The URL without a trailing slash, or Stop (exit 3, URL_INVALID): https only, except on this machine. */
export function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url)
    throw invalid(`"${shown(text)}" is no URL.`, 'Write it in full: https://api.sandbox.tesouro.com/v1.');
  if (url.username !== '' || url.password !== '')
    throw invalid(
      'The API’s URL holds a user name or a password.',
      'Remove it: credentials come from TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET.',
    );
  if (url.search !== '' || url.hash !== '')
    throw invalid(`${url.origin} is given with a query or a fragment.`, 'Write only host and path.');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure)
    throw invalid(
      `${url.origin} is not https.`,
      'Only https is allowed, except on this machine (127.0.0.1, localhost).',
    );
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether a host name of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);

const invalid = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('URL_INVALID', message, { hint })]);
