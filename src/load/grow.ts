import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { errorProblem, type Origin, type Problem } from '../model/problem.ts';
import { scalarValue } from './scalar-value.ts';
import { originOf, type SourceFile } from './source-file.ts';
import type { Member, Tree } from './tree.ts';

/** Values that aliases may add to a file; an alias bomb has millions. */
const maxAliased = 200_000;

type Variables = Readonly<Record<string, string | undefined>>;

export interface Grown {
  readonly tree: Tree | null;
  readonly problems: readonly Problem[];
  /** Something that was refused may hold what others refer to. */
  readonly hidden: boolean;
}

/** A document as a tree: variables inserted, aliases resolved, and what YAML allows but a configuration may not have reported. */
export function grow(document: Document, file: SourceFile, variables: Variables): Grown {
  const problems: Problem[] = [];
  const soil: Soil = { file, variables, anchors: new Map(), problems, aliased: 0, depth: 0, hidden: false };
  const tree = document.contents === null ? null : growNode(document.contents, soil);
  return { tree, problems, hidden: soil.hidden };
}

interface Soil {
  readonly file: SourceFile;
  readonly variables: Variables;
  readonly anchors: Map<string, Tree>;
  readonly problems: Problem[];
  aliased: number;
  /** Mappings around the current one. */
  depth: number;
  hidden: boolean;
}

function growNode(node: unknown, soil: Soil): Tree | null {
  const { file } = soil;
  if (isAlias(node)) return growAlias(node.source, startOf(node), endOf(node), soil);
  let tree: Tree | null = null;
  if (isMap(node)) tree = growMapping(node.items, startOf(node), endOf(node), soil);
  else if (isSeq(node)) tree = growSequence(node.items, startOf(node), endOf(node), soil);
  else if (isScalar(node)) {
    const [start, end] = [startOf(node), endOf(node)];
    const { value, hole, inserted, problems } = scalarValue(node.value, { file, start }, end, soil.variables);
    soil.problems.push(...problems);
    tree = { type: 'scalar', file, start, end, editable: !node.tag, size: 1, value, hole };
    if (inserted) tree = { ...tree, inserted };
  }
  if (tree && (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor)
    soil.anchors.set(node.anchor, tree);
  return tree;
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;
const endOf = (node: Node): number => node.range?.[1] ?? 0;

function growAlias(name: string, start: number, end: number, soil: Soil): Tree | null {
  const anchored = soil.anchors.get(name);
  soil.hidden ||= !anchored;
  const origin = originOf({ file: soil.file, start });
  if (!anchored) {
    const hint =
      'Define it before it is used, or write the value out. A value that begins with `*` needs quotes.';
    soil.problems.push(
      errorProblem('YAML_SYNTAX', `There is no anchor \`&${name}\` above this alias.`, { origin, hint }),
    );
    return null;
  }
  const before = soil.aliased;
  soil.aliased += anchored.size;
  if (soil.aliased > maxAliased) {
    soil.hidden = true;
    const message = `Written out, the aliases of this file come to more than ${maxAliased} values.`;
    const hint = 'Write the values out, or use `extends`.';
    if (before <= maxAliased) soil.problems.push(errorProblem('YAML_SYNTAX', message, { origin, hint }));
    return null;
  }
  return { ...anchored, start, end, editable: false };
}

function growSequence(nodes: readonly unknown[], start: number, end: number, soil: Soil): Tree {
  const items = nodes.flatMap((node) => growNode(node, soil) ?? []);
  const size = items.reduce((sum, item) => sum + item.size, 1);
  return { type: 'sequence', file: soil.file, start, end, editable: true, size, items };
}

function growMapping(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  start: number,
  end: number,
  soil: Soil,
): Tree {
  const members = new Map<string, Member>();
  let size = 1;
  soil.depth += 1;
  for (const { key, value } of pairs) {
    if (!isScalar(key)) continue;
    // Editors and file systems differ in the Unicode form that they write.
    const name = String(key.value).normalize('NFC');
    const spot = { file: soil.file, start: startOf(key) };
    const grown = value === null ? missingValue(soil, endOf(key)) : growNode(value, soil);
    const refusal = refusedKey(name, members.get(name));
    if (refusal) soil.problems.push({ ...refusal, ...originOf(spot) });
    if (refusal && (soil.depth === 1 || name === '<<')) soil.hidden = true;
    if (refusal || !grown) continue;
    members.set(name, { key: spot, value: grown });
    size += grown.size;
  }
  soil.depth -= 1;
  return { type: 'mapping', file: soil.file, start, end, editable: true, size, members };
}

/** `{ a }`, a key without a value. */
const missingValue = ({ file }: Soil, at: number): Tree => ({
  type: 'scalar',
  file,
  start: at,
  end: at,
  editable: true,
  size: 1,
  value: null,
  hole: false,
});

/** A key stands twice in a mapping; where the first one stands. */
export const duplicateKey = (name: string, { column, line }: Origin): Problem =>
  errorProblem('DUPLICATE_KEY', `\`${name}\` stands here twice: first at ${line}:${column}.`, {
    hint: 'Remove one of them, or give it another name.',
  });

function refusedKey(name: string, earlier: Member | undefined): Problem | null {
  if (earlier) return duplicateKey(name, originOf(earlier.key));
  if (name === '<<') {
    const hint = 'Write the fields out, or share them between files by `extends`.';
    return errorProblem(
      'NOT_ALLOWED',
      'Merge keys (`<<`) do not belong to the YAML that this file is read as.',
      { hint },
    );
  }
  if (name === '__proto__') {
    return errorProblem('UNKNOWN_KEY', '`__proto__` cannot be used as a key.', {
      hint: 'Choose another name.',
    });
  }
  return null;
}
