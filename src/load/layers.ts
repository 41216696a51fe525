import { createHash } from 'node:crypto';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Kinds } from '../model/kind.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import { diskFiles } from './file-source.ts';
import type { Findings } from './findings.ts';
import { grow } from './grow.ts';
import type { LoadedFile, LoadOptions } from './load.ts';
import { merge } from './merge.ts';
import { parse } from './parse.ts';
import type { Repair } from './repair.ts';
import { shape } from './shape.ts';
import { originOf, type Spot } from './source-file.ts';
import { below, isNull, type Tree, textOf } from './tree.ts';

/** As the language has it. */
const maxExtends = 100;
/** Far more than any fleet layers. Every layer below another costs its keys once more. */
const maxFiles = 1 + maxExtends;
const maxSteps = 20;
const maxBytes = 12 * 1024 * 1024;

/** A file and all that it extends, read and checked one by one, then merged. */
export interface Layers {
  /** Null when the file itself cannot be read as a mapping. */
  readonly tree: Tree | null;
  readonly files: readonly (LoadedFile & { readonly sha256: string })[];
  readonly problems: readonly Problem[];
  readonly repairs: readonly Repair[];
  /** Something may be declared in a place that could not be read. */
  readonly uncertain: boolean;
}

/** Reads the file at `path` and, in order, what it extends. */
export async function readLayers(path: string, options: LoadOptions, kinds: Kinds): Promise<Layers> {
  const walk: Walk = {
    options,
    kinds,
    collections: new Set(kinds.collections.map((kind) => kind.collection)),
    merged: new Map(),
    files: [],
    bytes: 0,
    full: false,
    problems: [],
    repairs: [],
    uncertain: false,
  };
  const tree = await readLayer(path, null, [], walk);
  return {
    tree,
    files: walk.files,
    problems: walk.problems,
    repairs: walk.repairs,
    uncertain: walk.uncertain,
  };
}

interface Walk {
  readonly options: LoadOptions;
  readonly kinds: Kinds;
  readonly collections: ReadonlySet<string>;
  /** What each file comes to with its layers, by its real path: one that is reached twice is read once. */
  readonly merged: Map<string, Tree | null>;
  readonly files: (LoadedFile & { readonly sha256: string })[];
  /** Of all files that were read. */
  bytes: number;
  /** There are more layers than are read, and that is told. */
  full: boolean;
  readonly problems: Problem[];
  readonly repairs: Repair[];
  uncertain: boolean;
}

type Step = { readonly real: string; readonly shown: string };

async function readLayer(
  path: string,
  from: Spot | null,
  way: readonly Step[],
  walk: Walk,
): Promise<Tree | null> {
  const { root, allowOutside, source = diskFiles } = walk.options;
  const shown = await source.shown(root, path);
  const real = await source.real(path);
  const complain = (code: ProblemCode, message: string, hint: string) => {
    const origin = from ? originOf(from) : { file: shown, line: 1, column: 1 };
    walk.problems.push(errorProblem(code, message, { origin, hint }));
    walk.uncertain = true;
    return null;
  };
  if (from && !allowOutside && !(await source.inside(root, path))) {
    const verb = shown.startsWith('../') || isAbsolute(shown) ? 'lies' : 'is a link that leads';
    const message = `\`${shown}\` ${verb} outside the repository, and files there are not read.`;
    return complain(
      'EXTENDS_OUTSIDE',
      message,
      'Move it into the repository, or allow it with `--allow-outside`.',
    );
  }
  const loop = way.findIndex((step) => step.real === real);
  if (loop >= 0) {
    const round = [...way.slice(loop).map((step) => step.shown), shown].join(' → ');
    return complain(
      'EXTENDS_CYCLE',
      `The files extend each other in a circle: ${round}.`,
      'Remove one of these `extends`.',
    );
  }
  const known = walk.merged.get(real);
  if (known !== undefined) return known;
  const crowd = walk.full ? null : tooMany(walk, way);
  if (walk.full || crowd) {
    walk.full = true;
    return crowd === null ? null : complain('NOT_ALLOWED', crowd, 'Put what they say into fewer files.');
  }
  const read = await source.read(real, shown);
  if ('code' in read) return complain(read.code, read.message, read.hint);
  walk.bytes += read.bytes.length;
  if (walk.bytes > maxBytes) {
    const message = `The files of this configuration have more than ${maxBytes / 1024 / 1024} MB together.`;
    walk.full = true;
    return complain('FILE_TOO_LARGE', message, 'Make a configuration of its own of each part.');
  }
  const sha256 = createHash('sha256').update(read.bytes).digest('hex');
  walk.files.push({ path: shown, text: read.text, sha256 });
  const own = readTree(shown, read.text, walk);
  const tree = own ? await withInherited(own, path, [...way, { real, shown }], walk) : null;
  walk.merged.set(real, tree);
  return tree;
}

function tooMany({ files }: Walk, way: readonly Step[]): string | null {
  if (files.length >= maxFiles)
    return `More than ${maxFiles} files belong to this configuration; no more of them are read.`;
  if (way.length > maxSteps)
    return `The files extend each other over more than ${maxSteps} steps; no more of them are read.`;
  return null;
}

/** One file by itself, held against the language. */
function readTree(shown: string, text: string, walk: Walk): Tree | null {
  const parsed = parse(shown, text);
  note(walk, parsed);
  if (!parsed.document) {
    walk.uncertain ||= parsed.problems.length > 0;
    return null;
  }
  const grown = grow(parsed.document, parsed.file, walk.options.variables);
  const { tree } = grown;
  note(walk, grown);
  walk.uncertain ||= grown.hidden;
  // A document mark alone is no more than an empty file.
  if (!tree || (isNull(tree) && tree.start === tree.end)) return null;
  const shaped = shape(tree, walk.kinds);
  note(walk, shaped);
  walk.uncertain ||= shaped.uncertain;
  return tree.type === 'mapping' ? tree : null;
}

/** Without spreading: there may be more problems than a call can have arguments. */
function note(walk: Walk, { problems, repairs = [] }: Partial<Findings>): void {
  for (const problem of problems ?? []) walk.problems.push(problem);
  for (const repair of repairs) walk.repairs.push(repair);
}

async function withInherited(own: Tree, path: string, way: readonly Step[], walk: Walk): Promise<Tree> {
  const list = below(own, 'extends');
  let inherited: Tree | null = null;
  for (const item of list?.type === 'sequence' ? list.items.slice(0, maxExtends) : []) {
    const target = textOf(item);
    if (target === null || target === '') continue;
    const layer = await readLayer(resolve(dirname(path), target), item, way, walk);
    if (layer) inherited = inherited ? merge(inherited, layer, walk.collections) : layer;
  }
  return inherited ? merge(inherited, own, walk.collections) : own;
}
