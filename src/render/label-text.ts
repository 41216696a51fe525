import { printable } from './printable.ts';
import { shorten } from './width.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const longest = 100;

/** What a controller calls a thing, on one harmless line. Where all that is known of a part is its id, `unnamed 9d2b4c8f` says so. */
export const labelText = (label: string): string =>
  shorten(
    label
      .split(' / ')
      .map((part) => (part.replace(uuid, '') === '' ? part.replace(uuid, unnamed) : part))
      .map(printable)
      .join(' / '),
    longest,
  );

const unnamed = (id: string): string => `unnamed ${id.slice(0, 8)}`;
