import type { HeaderBag } from './rate-headers.ts';

/** The id under which the service knows the request, or null. */
export function requestIdOf(headers: HeaderBag): string | null {
  const id = (headers.get('x-request-id') ?? '').replace(/[^\x21-\x7e]/g, '').slice(0, 100);
  return id === '' ? null : id;
}
