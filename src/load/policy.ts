import type { Policy } from '../model/desired.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { originOf } from './source-file.ts';
import { didYouMean } from './suggest.ts';
import { type Tree, textOf, treeAt } from './tree.ts';

/** Every suggestion compares all addresses. */
const maxSuggestions = 20;

/** As the language has it; what is none has a problem of its own. */
const isAddress = /^[a-z_]+[.[]./;

const prunes = ['never', 'removed', 'all'] as const;

/** The policy with its defaults; a protected address that names nothing is a warning, because it protects nothing. */
export function policyOf(
  tree: Tree,
  addresses: ReadonlySet<Address>,
): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  const list = treeAt(tree, ['policy', 'protect']);
  const protect = new Map<Address, Tree>();
  for (const item of list?.type === 'sequence' ? list.items : []) {
    const address = textOf(item);
    if (address !== null && !protect.has(address)) protect.set(address, item);
  }
  const problems = [...protect]
    .filter(([address]) => isAddress.test(address) && !addresses.has(address) && !address.endsWith(']'))
    .map(([address, item], index) => unknown(address, item, index < maxSuggestions ? addresses : []));
  const prune = textOf(treeAt(tree, ['policy', 'prune']));
  const policy: Policy = {
    prune: prunes.find((each) => each === prune) ?? 'never',
    maxDeletes: numberAt(tree, 'max_deletes', 10),
    maxOverwrites: numberAt(tree, 'max_overwrites', 100),
    protect: [...protect.keys()],
  };
  return { policy, problems };
}

function unknown(address: Address, item: Tree, addresses: Iterable<Address>): Problem {
  const message = `\`${address}\` is protected, but this configuration declares nothing of that address.`;
  const hint =
    didYouMean(address, addresses) ?? 'An address is a section, a point and a key: `ledger_accounts.cash`.';
  return warningProblem('PROTECT_UNKNOWN', message, { origin: originOf(item), address, hint });
}

function numberAt(tree: Tree, key: string, fallback: number): number {
  const limit = treeAt(tree, ['policy', key]);
  return limit?.type === 'scalar' && typeof limit.value === 'number' ? limit.value : fallback;
}
