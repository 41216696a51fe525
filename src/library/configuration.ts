import { resolve } from 'node:path';
import type { Loaded, LoadOptions } from '../load/load.ts';
import type { Environment, Organization } from '../model/desired.ts';
import { fragmentProblem } from '../model/fragment.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { absolute, checkOptions, oneOf, text, textByName, truth } from './check-options.ts';
import { type Opaque, opaque } from './inside.ts';

/** What both kinds of sources have in common. */
interface Source {
  /** The configuration itself, relative to the root or among the texts, with `/`. Problems and plans name files the same way. */
  readonly path: string;
  /** What `${var.NAME}` stands for, by name. Nothing else is inserted: the process's environment is not looked at. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Fills in the environment of a file that has none or says `local`; contradicting the file is a problem. */
  readonly environment?: Environment | undefined;
  /** The revision that the files are of, for the plan and the run record. It is kept as it is given. */
  readonly commit?: string | undefined;
}

/** Files on a disk. */
export interface FileSource extends Source {
  /** The folder that `path` starts from, absolute; `extends` does not leave it. */
  readonly root: string;
  /** Lets `extends` leave the root. */
  readonly allowOutside?: boolean | undefined;
}

/** Texts in memory. */
export interface TextSource extends Source {
  /** The configuration and all that it extends, by path with `/`. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What an organization shall have: valid, complete, and the same however long it is kept. */
export interface Configuration extends Opaque {
  readonly path: string;
  readonly organization: Organization;
  readonly environment: Environment;
  /** Hex, over the files' bytes: the `config.sha256` of its plans. */
  readonly sha256: string;
  readonly commit: string | null;
  /** The configuration's own path and those of what it extends. */
  readonly files: readonly string[];
}

/** A configuration with its warnings, or every reason why there is none, warnings among them. */
export type LoadedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const common = {
  path: text,
  variables: textByName,
  environment: oneOf('local', 'sandbox', 'production'),
  commit: text,
};

/** Loads a configuration from a disk with all that it extends, and says everything that is wrong with it. It rejects for nothing that stands in the files. */
export async function loadFiles(source: FileSource): Promise<LoadedConfiguration> {
  checkOptions('loadFiles', source, { ...common, root: absolute, allowOutside: truth }, ['path', 'root']);
  const { allowOutside = false, path, root } = source;
  const { inside } = await import('../load/inside.ts');
  if (!allowOutside && !(await inside(root, resolve(root, path))))
    return { ok: false, problems: [outside(path)] };
  return loadedFrom(source, { root: resolve(root), allowOutside });
}

/** The same of texts in memory: whatever they extend, no disk is looked at. */
export async function loadTexts(source: TextSource): Promise<LoadedConfiguration> {
  checkOptions('loadTexts', source, { ...common, texts: textByName }, ['path', 'texts']);
  const { textFiles, textsRoot } = await import('../load/text-files.ts');
  return loadedFrom(source, { root: textsRoot, allowOutside: false, source: textFiles(source.texts) });
}

const outside = (path: string): Problem =>
  errorProblem('EXTENDS_OUTSIDE', `\`${path}\` leads out of the root, and files there are not read.`, {
    hint: 'Give a root that holds it, or allowOutside.',
  });

async function loadedFrom(
  source: Source,
  where: Pick<LoadOptions, 'root' | 'allowOutside' | 'source'>,
): Promise<LoadedConfiguration> {
  const { desired, files, fragment, problems, sha256 } = await loaded(source, where);
  const failed = problems.some(({ severity }) => severity === 'error');
  if (fragment && !failed) return { ok: false, problems: [...problems, fragmentProblem(source.path)] };
  if (desired === null) return { ok: false, problems };
  const { environment, organization } = desired;
  const paths = files.map(({ path }) => path);
  const path = paths[0] ?? source.path;
  const shown = { path, organization, environment, sha256, commit: source.commit ?? null, files: paths };
  return { ok: true, configuration: opaque(shown, desired), warnings: problems };
}

async function loaded(
  { environment, path, variables = {} }: Source,
  where: Pick<LoadOptions, 'root' | 'allowOutside' | 'source'>,
): Promise<Loaded> {
  const [{ load }, { variablePrefix }] = await Promise.all([
    import('../load/load.ts'),
    import('../load/variables.ts'),
  ]);
  const named = Object.entries(variables).map(([name, value]) => [variablePrefix + name, value]);
  const given = { path, environment: environment ?? null, variables: Object.fromEntries(named) };
  return load({ ...given, ...where, cwd: where.root }, kinds);
}
