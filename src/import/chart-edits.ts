import type { ChartRow, SkippedRow } from '../load/csv/chart-rows.ts';
import { labelOf, oneLine, wordOf } from '../load/csv/chart-rows.ts';
import type { Written, YamlEdit } from '../load/edit/edits.ts';
import { escapeVariables } from '../load/variables.ts';
import type { Desired, DesiredEntry, Identity } from '../model/desired.ts';
import { foldCase } from '../model/fold-case.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { type Address, externalAddress, keyedAddress } from '../model/value.ts';
import { keysFor } from './keys.ts';

/** What the file says already, as far as rows of a chart can meet it. */
export type Declared = Pick<Desired, 'entries' | 'externals' | 'removed' | 'dropped'>;

/** What shall become of the rows. */
export interface ChartWanted {
  /** They are objects of the accounting system, to be looked up. */
  readonly external: boolean;
  /** Entries that say something else are changed. */
  readonly update: boolean;
}

/** One row as edits of the file: a new entry, or fields of one that is there. */
export interface ChartEdit {
  readonly row: ChartRow;
  readonly address: Address;
  readonly isNew: boolean;
  readonly edits: readonly YamlEdit[];
}

/** What an entry of the file says otherwise than its row. */
export interface Difference {
  readonly row: ChartRow;
  readonly entry: DesiredEntry;
  readonly fields: readonly { readonly name: string; readonly file: string | null; readonly row: string }[];
}

/** What the rows of a chart come to for a file. */
export interface ChartEdits {
  readonly edits: readonly ChartEdit[];
  readonly same: number;
  readonly different: readonly Difference[];
  readonly skipped: readonly SkippedRow[];
}

/** The edits that bring the rows of a chart into a file. A row whose code the file has is that entry, whatever its key. */
export function chartEdits(
  rows: readonly ChartRow[],
  declared: Declared,
  kind: CollectionKind,
  { external, update }: ChartWanted,
): ChartEdits {
  const known = knownIn(declared, kind);
  const fresh: ChartRow[] = [];
  const edits: ChartEdit[] = [];
  const different: Difference[] = [];
  const skipped: SkippedRow[] = [];
  let same = 0;
  for (const row of rows) {
    const found = known.get(wordOf(row, kind));
    const elsewhere = found && placeOf(found, external);
    if (!found) fresh.push(row);
    else if (elsewhere) skipped.push({ line: row.line, label: labelOf(row, kind), why: elsewhere });
    else {
      const fields = found.type === 'entry' ? differencesOf(row, found.entry, kind) : [];
      if (fields.length === 0 || found.type !== 'entry') same += 1;
      else if (update) edits.push(updated(row, found.entry, fields, kind));
      else different.push({ row, entry: found.entry, fields });
    }
  }
  const keys = keysOf(fresh, declared, kind);
  const added = fresh.map((row, at) => addedEntry(row, keys[at] ?? '', kind, external));
  return { edits: [...edits, ...added], same, different, skipped };
}

type Known =
  | { readonly type: 'entry'; readonly entry: DesiredEntry }
  | { readonly type: 'external'; readonly address: Address }
  | { readonly type: 'removed' };

function knownIn(
  { entries, externals, removed }: Declared,
  kind: CollectionKind,
): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const own = <T extends { readonly collection: string }>(each: T): boolean =>
    each.collection === kind.collection;
  for (const { identity } of removed.filter(own)) known.set(wordFor(identity, kind), { type: 'removed' });
  for (const { address, identity } of externals.filter(own))
    known.set(wordFor(identity, kind), { type: 'external', address });
  for (const entry of entries.filter(own)) {
    const [code, name] = [entry.fields[kind.identity] ?? null, entry.fields.name ?? null];
    if (code !== null) known.set(wordFor({ code }, kind), { type: 'entry', entry });
    else if (name !== null) known.set(wordFor({ name }, kind), { type: 'entry', entry });
  }
  return known;
}

function wordFor(identity: Identity, kind: CollectionKind): string {
  if ('id' in identity) return `id ${foldCase(identity.id)}`;
  const fields = 'code' in identity ? { [kind.identity]: identity.code } : { name: identity.name };
  return wordOf({ fields }, kind);
}

/** Why the file has no place for a row, where it has something else of that code. */
function placeOf(known: Known, external: boolean): string | null {
  if (known.type === 'removed') return 'the file says under `removed` that it must not exist';
  if (known.type === 'external' && !external)
    return `the file has it as ${known.address}, of the accounting system`;
  if (known.type === 'entry' && external)
    return `the file has it as ${known.entry.address}, which Ledgerform manages`;
  return null;
}

function differencesOf(
  { fields }: ChartRow,
  entry: DesiredEntry,
  kind: CollectionKind,
): Difference['fields'] {
  return Object.entries(fields).flatMap(([name, row]) => {
    const file = entry.fields[name] ?? null;
    const field = kind.fields[name];
    const folds = field?.type === 'text' && field.foldCase === true;
    const isSame =
      file !== null && (folds ? foldCase(file) === foldCase(row) : [file, oneLine(file)].includes(row));
    return isSame ? [] : [{ name, file, row }];
  });
}

const updated = (
  row: ChartRow,
  entry: DesiredEntry,
  fields: Difference['fields'],
  kind: CollectionKind,
): ChartEdit => ({
  row,
  address: entry.address,
  isNew: false,
  edits: fields.map(({ name, row: value }) => ({
    type: 'set',
    path: [kind.collection, entry.key, name],
    value: escapeVariables(value),
  })),
});

/** A key for each row; keys of the accounting system's objects are in one namespace with the others. */
function keysOf(rows: readonly ChartRow[], declared: Declared, kind: CollectionKind): readonly string[] {
  const used = [...declared.entries, ...declared.externals].filter(
    ({ collection }) => collection === kind.collection,
  );
  // An inherited entry that is dropped would come back under its key.
  const dropped = (declared.dropped ?? []).map(({ address }) => address.slice(address.lastIndexOf('.') + 1));
  const taken = new Set([...used.map(({ key }) => key), ...dropped]);
  const objects = rows.map(
    ({ fields, line }): LiveObject => ({ id: `line${line}`, external: false, status: null, fields }),
  );
  const keys = keysFor(kind, objects, taken);
  return objects.map(({ id }) => keys.get(id) ?? id);
}

function addedEntry(row: ChartRow, key: string, kind: CollectionKind, external: boolean): ChartEdit {
  const { fields, type } = row;
  const stated = Object.keys(kind.fields).flatMap((name): readonly (readonly [string, Written])[] => {
    const value = fields[name];
    return value === undefined ? [] : [[name, escapeVariables(value)]];
  });
  const code = fields[kind.identity];
  const identity = code === undefined ? 'name' : kind.identity;
  const value = Object.fromEntries(external ? stated.filter(([name]) => name === identity) : stated);
  const said = [
    external && code !== undefined ? fields.name : undefined,
    type === null ? undefined : `type: ${type}`,
  ];
  const remark = said.filter((each) => each !== undefined).join(' · ');
  const path = external ? ['external', kind.collection, key] : [kind.collection, key];
  return {
    row,
    address: external ? externalAddress(kind.collection, key) : keyedAddress(kind.collection, key),
    isNew: true,
    edits: [{ type: 'set', path, value, ...(remark === '' ? {} : { remark }) }],
  };
}
