import { join } from 'node:path';
import { type ChartEdit, type ChartEdits, chartEdits } from '../import/chart-edits.ts';
import { chartRows } from '../load/csv/chart-rows.ts';
import type { Encoding } from '../load/csv/decode-table.ts';
import type { Delimiter } from '../load/csv/delimiters.ts';
import type { NamedColumns } from '../load/csv/find-columns.ts';
import { mostRows, type Table } from '../load/csv/read-table.ts';
import { edit } from '../load/edit/edit.ts';
import { obstacleText } from '../load/edit/edits.ts';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { importedRowsText } from '../render/imported-rows-text.ts';
import { printable } from '../render/printable.ts';
import { commandAbout } from './command-about.ts';
import type { ExitCode } from './exit-code.ts';
import { differsProblem, noRow, refusedProblem, skippedProblem } from './import-csv-problems.ts';
import { type Target, type TargetOptions, targetOf } from './import-csv-target.ts';
import type { ImportOutcome } from './import-write.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';
import { type PutSchema, putSchema, tellSchema } from './schema-beside.ts';
import type { Shell } from './shell.ts';
import { writeSoundly } from './write-soundly.ts';

export interface ImportCsvOptions extends TargetOptions {
  readonly kind?: string;
  readonly external?: true;
  readonly update?: true;
  readonly columns?: NamedColumns;
  readonly delimiter?: Delimiter;
  readonly encoding?: Encoding;
}

/** Brings the rows of a spreadsheet into the file. What the file has already stays as it is, every byte of it; with `--update` it says what the rows say. */
export async function importCsv(chart: string, options: ImportCsvOptions, shell: Shell): Promise<ExitCode> {
  const wantedKind = kinds.collections.find(({ collection }) => collection === options.kind);
  const table = await readSpreadsheet(
    chart,
    {
      encoding: options.encoding ?? null,
      delimiter: options.delimiter ?? null,
      of: wantedKind ? (wantedKind.rate ? 'rates' : 'accounts') : null,
      columns: options.columns ?? null,
    },
    shell.edge.cwd,
  );
  const kind = wantedKind ?? kindIn(table);
  const target = await targetOf(options, shell);
  const { rows, skipped } = chartRows(table, kind);
  if (rows.length === 0 && skipped.length > 0) throw noRow(skipped, table.path);
  const wanted = chartEdits(rows, target.declared, kind, {
    external: options.external === true,
    update: options.update === true,
  });
  const { done, text, refused } = made(wanted, target);
  const outcome = done.length > 0 ? await writeSoundly(target, text) : 'unchanged';
  const problems = [
    ...[...skipped, ...wanted.skipped]
      .sort((a, b) => a.line - b.line)
      .map((row) => skippedProblem(row, table.path)),
    ...wanted.different.map((each) => differsProblem(each, table.path)),
    ...refused.map(({ each, why }) => refusedProblem(each, why, table.path, kind)),
  ];
  const schema =
    target.beside && outcome !== 'printed' && outcome !== 'unchanged'
      ? await putSchema(target.beside, shell.edge)
      : null;
  tell({ table, kind, target, text, outcome, done, same: wanted.same, problems, schema }, shell);
  return 0;
}

function kindIn({ columns }: Table): CollectionKind {
  const found = kinds.collections.find(({ rate }) => (rate !== undefined) === (columns.of === 'rates'));
  if (!found) throw new Error('no kind for the rows');
  return found;
}

interface Made {
  readonly text: string;
  readonly done: readonly ChartEdit[];
  readonly refused: readonly { readonly each: ChartEdit; readonly why: string }[];
}

/** The text with all edits that can be made in it. */
function made({ edits }: ChartEdits, { declared, text }: Target): Made {
  const entries =
    declared.entries.length + declared.externals.length + edits.filter(({ isNew }) => isNew).length;
  if (entries > mostRows)
    throw new Stop(3, [
      errorProblem(
        'FILE_TOO_LARGE',
        `The file would have ${entries.toLocaleString('en-US')} entries; the limit is ${mostRows.toLocaleString('en-US')}.`,
        {
          hint: 'Divide the rows among several files, with --out, and name those in `extends`.',
        },
      ),
    ]);
  const result = edit(
    text,
    edits.flatMap((each) => each.edits),
  );
  const whyOf = new Map(result.refused.map(({ edit: each, why }) => [each, why]));
  const refused = edits.flatMap((each) => {
    const why = each.edits.map((one) => whyOf.get(one)).find((one) => one !== undefined);
    return why === undefined ? [] : [{ each, why: obstacleText(why) }];
  });
  const left = new Set(refused.map(({ each }) => each));
  const done = edits.filter((each) => !left.has(each));
  // A row is written whole or not at all.
  const rest =
    left.size === 0
      ? result
      : edit(
          text,
          done.flatMap((each) => each.edits),
        );
  return { text: rest.text, done, refused };
}

interface Told {
  readonly table: Table & { readonly path: string };
  readonly kind: CollectionKind;
  readonly target: Target;
  readonly text: string;
  readonly outcome: ImportOutcome;
  readonly done: readonly ChartEdit[];
  readonly same: number;
  readonly problems: readonly Problem[];
  readonly schema: PutSchema | null;
}

function tell(
  { done, kind, outcome, problems, same, schema, table, target, text }: Told,
  shell: Shell,
): void {
  const { columns, delimiter, encoding, path, rows } = table;
  const headers = Object.fromEntries(
    Object.entries(columns.index).map(([role, at]) => [role, columns.header.cells[at] ?? '']),
  );
  // A file of --out says what the rows say already.
  const isAsItWas = outcome === 'unchanged';
  const [added, updated] = [true, false].map((isNew) =>
    isAsItWas ? [] : done.filter((each) => each.isNew === isNew),
  );
  const imported = {
    ...{ file: path, layout: columns.layout, kind: kind.collection, encoding, delimiter, columns: headers },
    ...{ rows: rows.length, outcome, path: target.path },
    added: (added ?? []).map(({ address }) => address),
    updated: (updated ?? []).map(({ address }) => address),
    unchanged: same + (isAsItWas ? done.length : 0),
  };
  const shown = outcome === 'printed' ? { text } : {};
  const besides = schema === null ? {} : { schema: { path: schema.path, outcome: schema.outcome } };
  const all = [...problems, ...(schema?.problems ?? [])];
  shell.sayJson({ format_version: '1', ok: true, ...imported, ...besides, ...shown, problems: all });
  const said = importedRowsText(imported, kind.noun, problems, shell.paint);
  if (outcome === 'printed') {
    shell.note(said);
    shell.print(text);
  } else shell.say(said);
  if (schema) tellSchema(schema, shell);
  const next = nextStep(outcome, target, shell.edge.cwd);
  if (next !== null) shell.say(`Next: ${printable(next)}\n`);
}

function nextStep(outcome: ImportOutcome, { fragment, path, root }: Target, cwd: string): string | null {
  if (outcome === 'printed' || outcome === 'unchanged') return null;
  return fragment
    ? `name ${path} under \`extends\` of a configuration, then ledgerform plan`
    : commandAbout('ledgerform plan', join(root, path), cwd);
}
