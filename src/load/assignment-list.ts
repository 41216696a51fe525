import type { Targets } from '../model/assignment.ts';
import type { Origin, Problem } from '../model/problem.ts';
import { formProblems, type ItemForm } from './assignment-form.ts';
import type { TargetReader } from './assignment-targets.ts';
import { maxProblems } from './some-problems.ts';
import { originOf } from './source-file.ts';
import { below, holdsVariable, type Mapping, type Tree, textOf } from './tree.ts';

interface Item {
  readonly targets: Targets;
  readonly origin: Origin;
  readonly fromVariable?: true;
}

/** An item that names one thing. */
export interface Specific<S> extends Item {
  readonly type: 'specific';
  readonly selector: S;
}

/** An item for any number of things. */
export interface Rule<W> extends Item {
  readonly type: 'rule';
  readonly name: string | null;
  readonly overwrite: boolean;
  readonly when: W;
}

/** How the parts are read in which the lists differ; each is null when it cannot be used. */
export interface Parts<S, W> {
  readonly noun: ItemForm['noun'];
  readonly selectors: readonly string[];
  readonly selector: (item: Mapping) => S | null;
  readonly when: (tree: Tree) => { readonly when: W | null; readonly problems: readonly Problem[] };
}

/** The items of one list in its order. An item of which something cannot be used is left out: that is a problem already. */
export function itemsOf<S, W>(
  list: Tree | undefined,
  parts: Parts<S, W>,
  targets: TargetReader,
): { readonly items: readonly (Specific<S> | Rule<W>)[]; readonly problems: readonly Problem[] } {
  const form = { ...parts, targets: targets.kinds.map((kind) => kind.name) };
  const items: (Specific<S> | Rule<W>)[] = [];
  const problems: Problem[] = [];
  for (const tree of list?.type === 'sequence' ? list.items : []) {
    if (tree.type !== 'mapping') continue;
    if (problems.length > maxProblems) break;
    const stated = targets.read(tree);
    const broken = formProblems(tree, form);
    for (const found of [...broken, ...stated.problems]) problems.push(found);
    const inserted = holdsVariable(tree) ? { fromVariable: true as const } : {};
    const item = { targets: stated.targets, origin: originOf(tree), ...inserted };
    const when = below(tree, 'when');
    if (when) {
      const read = parts.when(when);
      for (const found of read.problems) problems.push(found);
      const rule = {
        ...item,
        type: 'rule' as const,
        name: textOf(below(tree, 'rule')),
        overwrite: isTrue(tree),
      };
      if (read.when && broken.length === 0) items.push({ ...rule, when: read.when });
    } else {
      const selector = parts.selector(tree);
      if (selector && broken.length === 0) items.push({ ...item, type: 'specific', selector });
    }
  }
  return { items, problems };
}

const isTrue = (item: Mapping): boolean => {
  const overwrite = below(item, 'overwrite');
  return overwrite?.type === 'scalar' && overwrite.value === true;
};
