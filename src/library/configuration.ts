import { resolve } from 'node:path';
import { fragmentProblem } from '../load/fragment.ts';
import type { Loaded } from '../load/load.ts';
import type { Desired, Environment, Organization } from '../model/desired.ts';
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
export interface FolderSource extends Source {
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
export interface Configuration extends Opaque<Desired> {
  readonly path: string;
  readonly organization: Organization;
  readonly environment: Environment;
  /** Hex, over the files' bytes: the `config.sha256` of its plans. */
  readonly sha256: string;
  readonly commit: string | null;
  /** The configuration's own path and those of what it extends. */
  readonly files: readonly string[];
}

/** A configuration with its warnings, or every reason why there is none. */
export type LoadedConfiguration =
  | { readonly configuration: Configuration; readonly problems: readonly Problem[] }
  | { readonly configuration: null; readonly problems: readonly Problem[] };

const common = {
  path: text,
  variables: textByName,
  environment: oneOf('local', 'sandbox', 'production'),
  commit: text,
};

/**
 * Loads a configuration with all that it extends, from a folder or from texts in memory, and says everything that is wrong with it.
 * It never rejects for what stands in the files. Only the files are read, and no network.
 */
export async function loadConfiguration(source: FolderSource | TextSource): Promise<LoadedConfiguration> {
  const loaded = await ('texts' in source ? loadTexts(source) : loadFolder(source));
  if (loaded === null) return { configuration: null, problems: [outside(source.path)] };
  const { desired, files, fragment, problems, sha256 } = loaded;
  const failed = problems.some(({ severity }) => severity === 'error');
  if (fragment && !failed)
    return { configuration: null, problems: [...problems, fragmentProblem(source.path)] };
  if (desired === null) return { configuration: null, problems };
  const { environment, organization } = desired;
  const paths = files.map(({ path }) => path);
  const path = paths[0] ?? source.path;
  const shown = { path, organization, environment, sha256, commit: source.commit ?? null, files: paths };
  return { configuration: opaque(shown, desired), problems };
}

async function loadTexts(source: TextSource): Promise<Loaded> {
  checkOptions('loadConfiguration', source, { ...common, texts: textByName }, ['path', 'texts']);
  const { textFiles, textsRoot } = await import('../load/text-files.ts');
  return loadFrom(source, {
    root: textsRoot,
    allowOutside: false,
    source: textFiles(source.texts),
  });
}

/** Null where the path leads out of the root. */
async function loadFolder(source: FolderSource): Promise<Loaded | null> {
  checkOptions('loadConfiguration', source, { ...common, root: absolute, allowOutside: truth }, [
    'path',
    'root',
  ]);
  const { allowOutside = false, path, root } = source;
  const { inside } = await import('../load/inside.ts');
  if (!allowOutside && !(await inside(root, resolve(root, path)))) return null;
  return loadFrom(source, { root, allowOutside });
}

const outside = (path: string): Problem =>
  errorProblem('EXTENDS_OUTSIDE', `\`${path}\` leads out of the root, and files there are not read.`, {
    hint: 'Give a root that holds it, or allowOutside.',
  });

async function loadFrom(
  { environment, path, variables = {} }: Source,
  where: Pick<Parameters<typeof import('../load/load.ts').load>[0], 'root' | 'allowOutside' | 'source'>,
): Promise<Loaded> {
  const [{ load }, { variablePrefix }] = await Promise.all([
    import('../load/load.ts'),
    import('../load/variables.ts'),
  ]);
  const named = Object.entries(variables).map(([name, value]) => [variablePrefix + name, value]);
  const given = {
    path,
    environment: environment ?? null,
    variables: Object.fromEntries(named),
    cwd: where.root,
  };
  return load({ ...given, ...where, root: resolve(where.root) }, kinds);
}
