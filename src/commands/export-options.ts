import type { ChartLayout } from '../render/chart-csv.ts';
import type { CommonOptions } from './common-options.ts';

/** How an export can be written. The mark tells Excel that it is UTF-8. */
export const exportEncodings = ['utf-8', 'utf-8-bom', 'windows-1252'] as const;

export type ExportEncoding = (typeof exportEncodings)[number];

export interface ExportCsvOptions extends CommonOptions {
  readonly live?: true;
  readonly external?: true;
  readonly as: ChartLayout;
  readonly out?: string;
  readonly force?: true;
  readonly encoding?: ExportEncoding;
}
