import { Option } from 'commander';
import type { Environment } from '../model/desired.ts';
import type { RenderedFormat } from '../render/result-text.ts';
import { pathText, repeated, seconds, wholeNumber } from './option-values.ts';

/** Every output form that some command has; which of them a command has, it says itself. */
export type Format = ResultFormat | 'table' | 'csv';

/** The forms of a command that comes to a result: on stdout, and in the files that `--report` names. */
export type ResultFormat = 'human' | 'json' | RenderedFormat;

/** All of them, the usual one first. */
export const resultFormats: readonly ResultFormat[] = [
  'human',
  'json',
  'markdown',
  'github',
  'sarif',
  'junit',
  'html',
];

/** The forms of every command. */
export const formats: readonly Format[] = [...resultFormats, 'table', 'csv'];

/** The options that every command takes. */
export interface CommonOptions {
  /** Absent: the usual one. */
  readonly config?: readonly string[];
  readonly env?: string;
  readonly apiUrl?: string;
  readonly format?: string;
  readonly json?: true;
  readonly report?: readonly string[];
  readonly color: boolean;
  readonly pager: boolean;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly stats?: true;
  readonly timeout?: number;
  readonly concurrency?: number;
  readonly rateLimit?: number;
  readonly allowOutside?: true;
}

export const environments: readonly Environment[] = ['local', 'sandbox', 'production'];

/** The common options, as help shows them. */
export const commonOptions = (): readonly Option[] => [
  new Option(
    '-c, --config <path>',
    'configuration: a file, or a folder with a ledgerform.yaml (default: ledgerform.yaml); of many organizations a folder, a pattern in quotes, or several times',
  ).argParser(repeated),
  new Option('--env <name>', 'environment, where the file has none or says local').choices(environments),
  new Option('--api-url <url>', 'base URL of the API, path prefix included').argParser(pathText),
  new Option(
    '--format <name>',
    'output: human or json (validate, plan, apply, drift, readiness: also markdown, github, sarif, junit, html; list, records list, documents: table, json or csv)',
  ),
  new Option('--json', 'same as --format json: stdout is one JSON document'),
  new Option(
    '--report <format=file>',
    'of validate, plan, apply, drift and readiness: also write this form of the result into a file (repeatable)',
  ).argParser(repeated),
  new Option('--no-color', 'no colours (also: NO_COLOR)'),
  new Option('--no-pager', 'never show long output in a pager (also: LEDGERFORM_PAGER=cat)'),
  new Option('-q, --quiet', 'no progress and no notes on stderr'),
  new Option('-v, --verbose', 'each request on stderr'),
  new Option('--stats', 'requests, time and memory on stderr at the end'),
  new Option('--timeout <seconds>', 'give up after this long').argParser(seconds(0.1, 86_400)),
  new Option('--concurrency <n>', 'requests at the same time, at most (default: 30)').argParser(
    wholeNumber(1, 200),
  ),
  new Option('--rate-limit <n>', 'requests a second, at most').argParser(wholeNumber(1, 10_000)),
  new Option('--allow-outside', 'let `extends` leave the repository'),
];
