import type { Provider } from '../../providers/contract.ts';

/** The members that every JSON document about an organization begins with. */
export function documentOf<T extends object>({ account }: Pick<Provider, 'account'>, members: T) {
  const { apiUrl, environment, organization } = account;
  return { format_version: '1', organization, environment, api_url: apiUrl, ...members };
}
