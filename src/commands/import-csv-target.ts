import { relative, sep } from 'node:path';
import type { Declared } from '../import/chart-edits.ts';
import type { LoadOptions } from '../load/load.ts';
import { modelineTo } from '../load/modeline.ts';
import { Stop } from '../model/problem.ts';
import type { CommonOptions } from './common-options.ts';
import { loadConfiguration, rootOf } from './configuration.ts';
import { configurationPath } from './configuration-path.ts';
import { namedEnvironment } from './named-environment.ts';
import { oneConfiguration } from './one-configuration.ts';
import { type SchemaBeside, schemaBeside } from './schema-beside.ts';
import type { Shell } from './shell.ts';
import type { Rewritten } from './write-soundly.ts';

/** The file that rows go into, and what it declares with all that it extends. */
export interface Target extends Rewritten {
  readonly declared: Declared;
  /** It says of no organization. */
  readonly fragment: boolean;
  /** The schema that a new one leads editors to. */
  readonly beside: SchemaBeside | null;
}

/** Where rows are to go. */
export interface TargetOptions extends CommonOptions {
  readonly into?: string;
  /** `-` is stdout. */
  readonly out?: string;
  readonly force?: true;
}

/** The file that rows go into: a valid one, or a new one where none is. Otherwise Stop (exit 3). */
export async function targetOf(options: TargetOptions, shell: Shell): Promise<Target> {
  if (options.out !== undefined) return newTarget(options.out, options, shell);
  const chosen = options.into === undefined ? options : { ...options, config: [options.into] };
  const loaded = await loadConfiguration(chosen, shell);
  const { declared, files, fragment, problems } = loaded;
  const [own] = files;
  if (!own)
    throw new Stop(
      3,
      problems.map((each) =>
        each.code === 'FILE_NOT_FOUND'
          ? {
              ...each,
              hint: 'Name a file that is there with -c or --into, or write a new one with --out FILE.',
            }
          : each,
      ),
    );
  if (!declared) throw new Stop(3, problems);
  shell.warn(problems);
  const root = rootOf(chosen, shell.edge.cwd);
  const loading = loadingOf(oneConfiguration(chosen), root, options, shell);
  return {
    path: own.path,
    root,
    text: own.text,
    status: 'there',
    force: false,
    declared,
    fragment,
    loading,
    beside: null,
  };
}

function newTarget(out: string, options: TargetOptions, shell: Shell): Target {
  const { cwd } = shell.edge;
  const status = out === '-' ? 'printed' : 'new';
  // What is only shown would stand where the configuration does.
  const absolute = configurationPath(out === '-' ? oneConfiguration(options) : out, cwd);
  const root = rootOf({ config: [absolute] }, cwd);
  const path = relative(root, absolute).split(sep).join('/');
  const beside = schemaBeside(absolute, root);
  const force = options.force === true;
  const declared = { entries: [], externals: [], removed: [] };
  const loading = loadingOf(absolute, root, options, shell);
  return {
    path,
    root,
    text: `${modelineTo(beside.way)}\n`,
    status,
    force,
    declared,
    fragment: true,
    loading,
    beside,
  };
}

const loadingOf = (path: string, root: string, options: CommonOptions, shell: Shell): LoadOptions => ({
  path,
  environment: namedEnvironment(options, shell),
  variables: shell.edge.variables,
  allowOutside: options.allowOutside === true,
  root,
  cwd: shell.edge.cwd,
});
