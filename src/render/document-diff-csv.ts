import type { DiffRow } from '../model/document-diff.ts';
import { csv } from './csv.ts';

const titles = [
  'class',
  'list',
  'number',
  'counterpart',
  'here_amount',
  'here_currency',
  'here_status',
  'there_amount',
  'there_amount_is',
  'there_currency',
  'there_status',
  'joined_by',
  'differences',
  'not_compared',
  'reasons',
  'here_id',
  'there_id',
  'record_id',
];

/** A line for each document, with what differs in one column. */
export const diffCsv = (rows: readonly DiffRow[]): string =>
  csv(
    titles,
    rows.map(({ differences, here, there, ...row }) => [
      row.class,
      row.list,
      here?.number ?? there?.number ?? null,
      here?.counterpart ?? there?.counterpart ?? null,
      here?.amount ?? null,
      here?.currency ?? null,
      here?.status ?? null,
      there?.amount ?? null,
      there?.amount == null ? null : there.net ? 'net_sum_of_lines' : 'total',
      there?.currency ?? null,
      there?.status ?? null,
      row.joined_by,
      differences
        .map((each) => `${each.what}: ${each.here ?? 'none'} here, ${each.there ?? 'none'} there`)
        .join('; '),
      row.not_compared.join('; '),
      row.reasons.join(' '),
      here?.id ?? null,
      there?.id ?? null,
      row.record?.id ?? null,
    ]),
  );
