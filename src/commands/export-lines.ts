import type { Declared } from '../import/chart-edits.ts';
import type { DesiredEntry, ExternalEntry, Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { type Origin, type Problem, Stop, warningProblem } from '../model/problem.ts';
import type { ChartLine } from '../render/chart-csv.ts';
import { loadConfiguration, readConfiguration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExportCsvOptions } from './export-options.ts';
import type { Shell } from './shell.ts';

/** What is exported, and where it comes from. */
export interface ChartLines {
  readonly source: 'configuration' | 'live';
  readonly lines: readonly ChartLine[];
}

/** The accounts or rates of the file in its order, or those of the organization by code. */
export async function chartLines(
  kind: CollectionKind,
  options: ExportCsvOptions,
  shell: Shell,
): Promise<ChartLines> {
  if (options.live) return { source: 'live', lines: await liveLines(kind, options, shell) };
  const { declared, problems } = await loadConfiguration(options, shell);
  if (!declared) throw new Stop(3, problems);
  shell.warn(problems);
  return { source: 'configuration', lines: declaredLines(kind, declared, options.external === true, shell) };
}

function declaredLines(
  kind: CollectionKind,
  { entries, externals }: Declared,
  external: boolean,
  shell: Shell,
): readonly ChartLine[] {
  const lineOf = (fields: DesiredEntry['fields'], origin: Origin): ChartLine => ({
    ...lineFrom(kind, fields),
    type: notedType(origin, shell),
  });
  const isOwn = ({ collection }: DesiredEntry | ExternalEntry): boolean => collection === kind.collection;
  const found = external
    ? externals.filter(isOwn).map((each) => ({ ...each, fields: fieldsOf(each.identity, kind) }))
    : entries.filter(isOwn);
  const [named, bare] = [true, false].map((is) => found.filter(({ fields }) => isNamed(fields, kind) === is));
  shell.warn((bare ?? []).map(leftOut));
  return (named ?? []).map(({ fields, origin }) => lineOf(fields, origin));
}

const isNamed = (fields: DesiredEntry['fields'], kind: CollectionKind): boolean =>
  (fields[kind.identity] ?? fields.name ?? '') !== '';

const leftOut = ({ address, origin }: Pick<DesiredEntry, 'address' | 'origin'>): Problem =>
  warningProblem('ROW_SKIPPED', `${address} states neither a code nor a name, so it is no row.`, {
    ...{ address, origin },
    hint: 'With --live it is written as the organization has it.',
  });

const lineFrom = (kind: CollectionKind, fields: DesiredEntry['fields']): ChartLine => ({
  code: fields[kind.identity] ?? null,
  name: fields.name ?? null,
  rate: kind.rate ? (fields[kind.rate.field] ?? null) : null,
  type: null,
  description: fields.description ?? null,
});

/** A pinned id means nothing to a spreadsheet. */
function fieldsOf(identity: Identity, kind: CollectionKind): DesiredEntry['fields'] {
  if ('id' in identity) return {};
  return 'code' in identity ? { [kind.identity]: identity.code } : { name: identity.name };
}

/** The type that `import csv` notes beside a key. */
function notedType({ file, line }: Origin, { linesOf }: Shell): string | null {
  const written = linesOf(file)?.[line - 1] ?? '';
  return /\s#(?:.* ·)? type: (.*\S)/u.exec(written)?.[1] ?? null;
}

async function liveLines(
  kind: CollectionKind,
  options: ExportCsvOptions,
  shell: Shell,
): Promise<readonly ChartLine[]> {
  const configuration = await readConfiguration(options, shell);
  shell.concerning(subjectOf(configuration));
  const scope = options.external ? 'external' : 'internal';
  const objects = await withProvider(configuration.desired, configuration.root, options, shell, (provider) =>
    provider.list(kind.collection, scope),
  );
  return objects
    .map(({ fields, type }: LiveObject) => ({ ...lineFrom(kind, fields), type: type ?? null }))
    .sort((a, b) => order(a.code ?? '', b.code ?? '') || order(a.name ?? '', b.name ?? ''));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
