import { isAccountClass } from './account-class.ts';
import { type Layout, layouts, plainHeader, type Role, roles } from './layouts.ts';
import type { Row } from './read-rows.ts';

/** Which column holds what: the index of each role that has one, the header's row, and whose layout it is. */
export interface Columns {
  readonly layout: Layout['name'] | 'named';
  readonly of: Layout['of'];
  readonly header: Row;
  readonly index: Readonly<Partial<Record<Role, number>>>;
}

/** Headers by role, as a user names them. */
export type NamedColumns = Readonly<Partial<Record<Role, string>>>;

/** Titles, dates and names of companies may stand above the headers. */
const headerWithin = 20;

/** The first row that has known headers, or all those that are named; null where there is none. */
export function findColumns(
  rows: readonly Row[],
  of: Layout['of'] | null,
  named: NamedColumns | null,
): Columns | null {
  for (const [at, row] of rows.slice(0, headerWithin).entries()) {
    const found = named
      ? namedIn(row, of, named)
      : knownIn(row, of, rows.slice(at + 1, at + 1 + typesWithin));
    if (found) return found;
  }
  return null;
}

/** Accounts tell by their types what they are in the first rows. */
const typesWithin = 20;

function knownIn(header: Row, of: Layout['of'] | null, below: readonly Row[]): Columns | null {
  const names = header.cells.map(plainHeader);
  // A list of rates has a column that no chart has.
  const tried = [...layouts].sort((a, b) => Number(b.of === 'rates') - Number(a.of === 'rates'));
  for (const layout of tried) {
    if (of !== null && layout.of !== of) continue;
    if (layout.marks && !layout.marks.some((mark) => names.includes(mark))) continue;
    const index = indexOf(layout, names);
    const known = Object.keys(index).length;
    if (known < 2 || layout.needs.some((role) => index[role] === undefined)) continue;
    // A chart may say the usual rate of each account.
    const typeAt = index.type ?? -1;
    const isChart = below.some(({ cells }) => isAccountClass(cells[typeAt] ?? ''));
    if (of === null && layout.of === 'rates' && isChart) continue;
    return { layout: layout.name, of: layout.of, header, index };
  }
  return null;
}

/** Each column has one role: that of a name is found before that of a code, for both may be called an account. */
function indexOf({ headers }: Layout, names: readonly string[]): Columns['index'] {
  const index: Partial<Record<Role, number>> = {};
  for (const role of ['name', 'code', 'rate', 'type', 'description'] as const) {
    const free = (at: number): boolean => at >= 0 && !Object.values(index).includes(at);
    const found = (headers[role] ?? []).map((header) => names.indexOf(header)).find(free);
    if (found !== undefined) index[role] = found;
  }
  return index;
}

function namedIn(header: Row, of: Layout['of'] | null, named: NamedColumns): Columns | null {
  const names = header.cells.map(plainHeader);
  const index: Partial<Record<Role, number>> = {};
  for (const role of roles) {
    const wanted = named[role];
    if (wanted === undefined) continue;
    const exact = header.cells.indexOf(wanted);
    const at = exact >= 0 ? exact : names.indexOf(plainHeader(wanted));
    if (at < 0) return null;
    index[role] = at;
  }
  return { layout: 'named', of: of ?? (named.rate === undefined ? 'accounts' : 'rates'), header, index };
}
