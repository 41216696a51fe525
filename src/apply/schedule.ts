import type { Change } from '../model/plan.ts';
import type { Address } from '../model/value.ts';

/** How changes are carried out and what stops them. */
export interface Crew {
  readonly concurrency: number;
  /** Carries out changes that are sent together; true for each address whose dependents may go on. */
  readonly carryOut: (changes: readonly Change[]) => Promise<ReadonlyMap<Address, boolean>>;
  /** The change will not run, because the one at `cause` did not succeed. */
  readonly block: (change: Change, cause: Address) => void;
  /** True when nothing more may be started. */
  readonly halted: () => boolean;
}

interface Node {
  readonly change: Change;
  readonly group: Node[];
  readonly dependents: Node[];
  waiting: number;
  cause: Address | null;
  state: 'waiting' | 'queued' | 'over';
}

/**
 * Runs groups of changes side by side, each as soon as all that it depends on is over. A change whose dependency did not
 * succeed is blocked, and what depends on it in turn. Answers with the changes that were not started because the crew
 * halted. Groups are cut where waiting for each other would never end: a group of settings may be needed by a delete that
 * another setting waits for.
 */
export async function schedule(
  groups: readonly (readonly Change[])[],
  dependsOn: (change: Change) => Iterable<Address>,
  crew: Crew,
): Promise<readonly Change[]> {
  const nodes = connect(groups, dependsOn);
  const queue: Node[][] = [];
  let next = 0;

  const queueReady = (group: Node[], whole: boolean): boolean => {
    const members = group.filter(({ state }) => state === 'waiting');
    const ready = members.filter(({ waiting }) => waiting === 0);
    if (ready.length === 0 || (whole && ready.length < members.length)) return false;
    for (const node of ready) node.state = 'queued';
    queue.push(ready);
    return true;
  };
  const settle = (node: Node, succeeded: boolean): void => {
    node.state = 'over';
    for (const dependent of node.dependents) {
      dependent.waiting -= 1;
      if (!succeeded) dependent.cause ??= node.cause ?? node.change.address;
      queueReady(dependent.group, true);
    }
  };
  const run = async (members: readonly Node[]): Promise<void> => {
    const blocked = members.filter(({ cause }) => cause !== null);
    const sent = members.filter(({ cause }) => cause === null);
    for (const node of blocked) if (node.cause !== null) crew.block(node.change, node.cause);
    const succeeded = sent.length === 0 ? null : await crew.carryOut(sent.map(({ change }) => change));
    for (const node of blocked) settle(node, false);
    for (const node of sent) settle(node, succeeded?.get(node.change.address) ?? false);
  };

  for (const group of new Set(nodes.map((node) => node.group))) queueReady(group, true);
  await inParallel(
    crew.concurrency,
    () => {
      if (crew.halted()) return null;
      if (next === queue.length) return null;
      const members = queue[next] ?? [];
      next += 1;
      return run(members);
    },
    () => !crew.halted() && nodes.some(({ group, state }) => state === 'waiting' && queueReady(group, false)),
  );

  for (const node of nodes)
    if (node.state !== 'over' && node.cause !== null) {
      crew.block(node.change, node.cause);
      settle(node, false);
    }
  const left = nodes.filter(({ state }) => state !== 'over').map(({ change }) => change);
  if (left.length > 0 && !crew.halted())
    throw new Error(`these changes wait for each other: ${left.map(({ address }) => address).join(', ')}`);
  return left;
}

function connect(
  groups: readonly (readonly Change[])[],
  dependsOn: (change: Change) => Iterable<Address>,
): Node[] {
  const nodes: Node[] = [];
  const byAddress = new Map<Address, Node>();
  for (const changes of groups) {
    const group: Node[] = [];
    for (const change of changes) {
      const node: Node = { change, group, dependents: [], waiting: 0, cause: null, state: 'waiting' };
      group.push(node);
      nodes.push(node);
      byAddress.set(change.address, node);
    }
  }
  for (const node of nodes)
    for (const address of new Set(dependsOn(node.change))) {
      const needed = byAddress.get(address);
      if (!needed || needed === node) continue;
      needed.dependents.push(node);
      node.waiting += 1;
    }
  return nodes;
}

/** Keeps up to `width` tasks going. When none is left, `revive` may bring more; the first failure is thrown at the end. */
async function inParallel(
  width: number,
  start: () => Promise<void> | null,
  revive: () => boolean,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (;;) {
    while (running.size < width && failures.length === 0) {
      const task = start();
      if (!task) break;
      const guarded: Promise<void> = task
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(guarded));
      running.add(guarded);
    }
    if (running.size > 0) await Promise.race(running);
    else if (failures.length > 0 || !revive()) break;
  }
  if (failures.length > 0) throw failures[0];
}
