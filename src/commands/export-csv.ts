import { relative, resolve, sep } from 'node:path';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { toWindows1252 } from '../model/windows-1252.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { chartCsv } from '../render/chart-csv.ts';
import { printable } from '../render/printable.ts';
import { numberText } from '../render/summary-text.ts';
import type { ExitCode } from './exit-code.ts';
import { chartLines } from './export-lines.ts';
import type { ExportCsvOptions, ExportEncoding } from './export-options.ts';
import { putBytes } from './put-bytes.ts';
import type { Shell } from './shell.ts';

/** Prints accounts or rates as comma-separated values, of the file or of the organization, or writes them into a file. */
export async function exportCsv(name: string, options: ExportCsvOptions, shell: Shell): Promise<ExitCode> {
  const kind = kinds.collections.find(({ collection }) => collection === name);
  if (!kind) throw new Error(`no kind ${name}`);
  const encoding = encodingOf(kind, options);
  const { lines, source } = await chartLines(kind, options, shell);
  const text = chartCsv(lines, kind.rate ? 'rates' : 'accounts', options.as);
  const about = { format_version: '1', ok: true, kind: name, source, layout: options.as, encoding };
  if (options.out === undefined) {
    shell.sayJson({ ...about, out: null, rows: lines });
    shell.print(encoding === 'utf-8-bom' ? `\ufeff${text}` : text);
    return 0;
  }
  const absolute = resolve(shell.edge.cwd, options.out);
  const shown = (relative(shell.edge.cwd, absolute) || options.out).split(sep).join('/');
  const outcome = await putBytes(absolute, bytesOf(text, encoding), shown, options.force === true);
  shell.sayJson({ ...about, out: shown, outcome, rows: lines });
  const noun = lines.length === 1 ? kind.noun.one : kind.noun.many;
  const said = outcome === 'unchanged' ? 'Nothing to write: it has them already' : 'Written';
  shell.say(`${printable(shown)}: ${numberText(lines.length)} ${noun}, ${encoding}. ${said}.\n`);
  return 0;
}

/** How it is written; what cannot be done is refused before anything is read. */
function encodingOf(kind: CollectionKind, { as, encoding, out }: ExportCsvOptions): ExportEncoding {
  if (kind.rate && as !== 'plain')
    throw wrong(
      `--as ${as} has no columns for ${kind.noun.many}.`,
      'Leave --as out: they have plain columns.',
    );
  const found = encoding ?? (as === 'datev' ? 'windows-1252' : 'utf-8');
  if (found === 'windows-1252' && out === undefined)
    throw wrong(
      'What is printed is UTF-8, and this is to be Windows-1252.',
      'Name a file with --out, or say --encoding utf-8.',
    );
  return found;
}

function bytesOf(text: string, encoding: ExportEncoding): Uint8Array {
  if (encoding !== 'windows-1252') return Buffer.from(encoding === 'utf-8-bom' ? `\ufeff${text}` : text);
  const bytes = toWindows1252(text);
  if (!('missing' in bytes)) return bytes;
  const line = text.slice(0, text.indexOf(bytes.missing)).split('\r\n').length;
  throw wrong(
    `Windows-1252 has no ${printable(bytes.missing)}, which stands in row ${line}.`,
    'Say --encoding utf-8-bom, which newer programs read as well.',
  );
}

const wrong = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('OPTION_INVALID', message, { hint })]);
