import type { RecordFilter } from '../../model/synced-record.ts';
import type { Provider } from '../../providers/contract.ts';
import { atLeastText } from '../../render/estimate-text.ts';
import { counted } from '../../render/summary-text.ts';
import { announce, showTitle } from '../progress.ts';
import type { Shell } from '../shell.ts';

/** Records that fit into one page of their lists. */
const pageSize = 250;

/** Reads lists of records while a line says how many there are so far; before that, what it takes at least. */
export function showRecords<T>(
  shell: Shell,
  provider: Pick<Provider, 'traffic'>,
  filters: readonly RecordFilter[],
  read: (seen: (count: number) => void) => Promise<T>,
): Promise<T> {
  const types = new Set(filters.map(({ object_type }) => object_type));
  const { limitPerSecond } = provider.traffic();
  const what = `the synchronization records of ${counted(types.size, 'type')}`;
  const least = atLeastText(what, filters.length, limitPerSecond);
  announce(shell, `${least}, and one more for each ${pageSize} records of a type`);
  let count = 0;
  const title = (): string =>
    `Reading synchronization records · ${counted(provider.traffic().requests, 'request')} · ${counted(count, 'record')}`;
  return showTitle(shell, title, () =>
    read((seen) => {
      count = seen;
    }),
  );
}
