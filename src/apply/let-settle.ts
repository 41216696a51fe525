import type { Provider } from '../providers/contract.ts';
import { unsettledFor } from './unsettled.ts';

/** Waits after a run that could not prove what it wrote, as far as a folder of records knows of it. The local environment's own lists never lag. */
export async function letSettle(
  folder: string,
  settleSeconds: number,
  now: Date,
  provider: Provider,
  waiting: (milliseconds: number) => void = () => {},
): Promise<void> {
  const { apiUrl, organization } = provider.account;
  if (apiUrl === 'local') return;
  const milliseconds = unsettledFor(folder, { organization, api_url: apiUrl }, settleSeconds, now);
  if (milliseconds === 0) return;
  waiting(milliseconds);
  await provider.wait(milliseconds);
}
