import type { Dropped, ExternalEntry, Hidden, Identity, RemovedEntry } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { externalAddress } from '../model/value.ts';
import { identityOf } from './entries.ts';
import { droppedOf, hiddenAt } from './hidden.ts';
import { originOf } from './source-file.ts';
import { holdsVariable, isNull, type Member, membersOf, type Tree, treeAt } from './tree.ts';

/** What `external` declares for a kind, dropped entries left out. */
export function externalsOf(
  tree: Tree,
  kind: CollectionKind,
): {
  readonly externals: readonly ExternalEntry[];
  readonly dropped: readonly Dropped[];
  readonly problems: readonly Problem[];
} {
  const externals: ExternalEntry[] = [];
  const dropped: Dropped[] = [];
  const problems: Problem[] = [];
  for (const [key, member] of membersOf(treeAt(tree, ['external', kind.collection]))) {
    const { key: spot, value } = member;
    const address = externalAddress(kind.collection, key);
    const origin = originOf(spot);
    if (isNull(value)) {
      const message = `\`${address}\` is empty, and there is no inherited entry of that name to drop.`;
      const hint = `Say how it is found: \`{ ${kind.identity}: "…" }\`.`;
      if (value.dropped) dropped.push(...droppedOf(address, member));
      else problems.push(errorProblem('NO_IDENTITY', message, { origin, address, hint }));
      continue;
    }
    // A look-up that says nothing usable has a problem of its own; the key still exists for those who refer to it.
    const identity = identityOf(value, kind) ?? { name: '' };
    const hidden = hiddenLookUps(member, kind);
    const inserted = holdsVariable(value) ? { fromVariable: true as const } : {};
    externals.push({ address, collection: kind.collection, key, identity, origin, ...hidden, ...inserted });
  }
  return { externals, dropped, problems };
}

function hiddenLookUps({ hides = [] }: Member, kind: CollectionKind): Pick<ExternalEntry, 'hidden'> {
  const hidden = hides.map(
    ({ key, value }): Hidden<Identity | null> => hiddenAt(key, identityOf(value, kind)),
  );
  return hidden.length === 0 ? {} : { hidden };
}

/** What `removed` lists for a kind. */
export function removedOf(tree: Tree, kind: CollectionKind): readonly RemovedEntry[] {
  const list = treeAt(tree, ['removed', kind.collection]);
  const seen = new Set<string>();
  return (list?.type === 'sequence' ? list.items : []).flatMap((item) => {
    const identity = identityOf(item, kind);
    const once = JSON.stringify(identity);
    if (!identity || seen.has(once)) return [];
    seen.add(once);
    return [{ collection: kind.collection, identity, origin: originOf(item) }];
  });
}
