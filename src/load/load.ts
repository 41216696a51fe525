import { createHash } from 'node:crypto';
import { join, resolve as resolvePath } from 'node:path';
import type { Desired, Environment } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import { diskFiles, type FileSource } from './file-source.ts';
import { type Layers, readLayers } from './layers.ts';
import type { Repair } from './repair.ts';
import { resolve } from './resolve.ts';
import { maxProblems, someProblems } from './some-problems.ts';
import { below } from './tree.ts';
import { unsuitableSettings } from './unsuitable-settings.ts';

export interface LoadOptions {
  /** As the user gave it: a file, or a folder, which means its `ledgerform.yaml`. */
  readonly path: string;
  /** From `--env` or LEDGERFORM_ENV. */
  readonly environment: Environment | null;
  /** The process's environment, of which only `LEDGERFORM_VAR_*` is looked at. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** `extends` may leave the root. */
  readonly allowOutside: boolean;
  /** The repository's root or the working directory, absolute. */
  readonly root: string;
  readonly cwd: string;
  /** Where files are read; without it from the disk. */
  readonly source?: FileSource;
}

export interface LoadedFile {
  /** Relative to the root, with `/`; problems and origins name files the same way. */
  readonly path: string;
  readonly text: string;
}

export interface Loaded {
  /** Null when there are errors, or the file is a fragment. */
  readonly desired: Desired | null;
  /** What it declares, where it has no errors: that of a fragment too. */
  readonly declared: Desired | null;
  /** Whose books it is about, as far as that can be read, errors or not. */
  readonly about: Pick<Desired, 'organization' | 'environment'> | null;
  /** The file says of no organization: it can only be extended. */
  readonly fragment: boolean;
  /** The file first, then what it extends, in load order. */
  readonly files: readonly LoadedFile[];
  /** Hex, over the bytes of the file; of several files, over lines of digest and path in load order. */
  readonly sha256: string;
  /** Errors and warnings, by file in load order, line and column. */
  readonly problems: readonly Problem[];
  /** The problems that have one safe repair: its edits. */
  readonly repairs: readonly Repair[];
}

/** Reads a configuration with all its layers and says what it comes to, or everything that is wrong with it. */
export async function load(options: LoadOptions, kinds: Kinds): Promise<Loaded> {
  const layers = await readLayers(await fileOf(options), options, kinds);
  const { tree, uncertain } = layers;
  const fragment = !uncertain && layers.files.length > 0 && !(tree && below(tree, 'organization'));
  // Whoever has so many to mend does not miss what else there may be, and all of it would have to be kept.
  const flooded = layers.problems.length > maxProblems;
  const resolved = tree && !flooded ? resolve(tree, kinds, options.environment) : null;
  const unsuitable = resolved ? unsuitableSettings(resolved.desired, kinds) : [];
  const sure = (resolved?.problems ?? []).filter(({ code }) => !(uncertain && seeming.has(code)));
  const found = [...layers.problems, ...sure, ...unsuitable];
  const problems = someProblems(sorted(fragment ? found.map(softened) : found, layers));
  const sound = !problems.some((problem) => problem.severity === 'error');
  const declared = sound ? (resolved?.desired ?? null) : null;
  return {
    desired: fragment ? null : declared,
    declared,
    about: resolved && !fragment ? aboutOf(resolved.desired) : null,
    fragment,
    files: layers.files.map(({ path, text }) => ({ path, text })),
    sha256: digestOf(layers),
    problems,
    repairs: layers.repairs,
  };
}

const aboutOf = ({ environment, organization }: Desired): Loaded['about'] =>
  organization.id === '' ? null : { organization, environment };

async function fileOf({ cwd, path, source = diskFiles }: LoadOptions): Promise<string> {
  const absolute = resolvePath(cwd, path);
  return (await source.isFolder(absolute)) ? join(absolute, 'ledgerform.yaml') : absolute;
}

/** What only seems to be missing when something could not be read. */
const seeming: ReadonlySet<ProblemCode> = new Set([
  'REFERENCE_UNKNOWN',
  'NO_IDENTITY',
  'PROTECT_UNKNOWN',
  'MISSING_KEY',
]);
/** What the file that extends a fragment may still supply. */
const suppliedLater: ReadonlySet<ProblemCode> = new Set([
  'REFERENCE_UNKNOWN',
  'NO_IDENTITY',
  'VARIABLE_UNSET',
]);

const softened = (problem: Problem): Problem =>
  suppliedLater.has(problem.code) ? { ...problem, severity: 'warning' } : problem;

function sorted(problems: readonly Problem[], { files }: Layers): readonly Problem[] {
  const rank = new Map(files.map((file, index) => [file.path, index]));
  const rankOf = (problem: Problem) => rank.get(problem.file ?? '') ?? files.length;
  return [...problems].sort(
    (a, b) => rankOf(a) - rankOf(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

function digestOf({ files }: Layers): string {
  const [only, ...more] = files;
  if (only && more.length === 0) return only.sha256;
  const lines = files.map((file) => `${file.sha256}  ${file.path}\n`).join('');
  return createHash('sha256').update(lines).digest('hex');
}
