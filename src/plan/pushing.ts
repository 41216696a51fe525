import type { SeenConnections } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Proposal } from './propose.ts';
import { countText, listText } from './words.ts';

/** What matters for pushing to an accounting system and for nothing else, by the kind of its change. */
const nouns = new Map([
  ['product_assignment', { one: 'assignment of a product', many: 'assignments of products' }],
  ['line_item_assignment', { one: 'assignment of a line', many: 'assignments of lines' }],
  ['setting', { one: 'setting', many: 'settings' }],
]);

/** Whether a plan changes something that only matters when documents are pushed to an accounting system. */
export const concernsPushing = (changes: readonly Change[]): boolean =>
  changes.some(({ kind }) => nouns.has(kind));

/** What is said of the accounting system once it is known whether one is connected. `null`: nobody looked. */
export function withConnections(proposal: Proposal, seen: SeenConnections | null): Proposal {
  if (seen === null) return proposal;
  const active = activeIn(seen);
  const pulled = active.some(({ last_pull }) => last_pull !== null);
  // Without an accounting system a payable does not wait for its accounts, and nothing is pushed.
  const moving =
    seen.status === 'read' && active.length === 0
      ? proposal.warnings.filter(({ code }) => code !== 'PAYABLE_MAY_MOVE')
      : proposal.warnings;
  const missing = pulled ? proposal.missingWherePulled : [];
  return { ...proposal, warnings: [...moving, ...missing, ...connectionWarnings(proposal.changes, seen)] };
}

function connectionWarnings(changes: readonly Change[], seen: SeenConnections): readonly Problem[] {
  const what = concerned(changes);
  if (seen.status === 'failed') {
    const message = `${what}, and whether an accounting system is connected could not be read: ${seen.why.message}`;
    return [
      warningProblem('CONNECTION_UNKNOWN', message, { hint: 'Look yourself: ledgerform connection status.' }),
    ];
  }
  const active = activeIn(seen);
  if (active.length === 0) return [notActive(seen.connections, what)];
  const several = active.length > 1 ? [severalActive(active)] : [];
  const pulled = active.some(({ last_pull }) => last_pull !== null);
  return pulled ? several : [...several, neverPulled(active, what)];
}

type Connections = Extract<SeenConnections, { status: 'read' }>['connections'];

const activeIn = (seen: SeenConnections): Connections =>
  seen.status === 'read' ? seen.connections.filter(({ status }) => status === 'connected') : [];

/** What becomes ready before the first pull is never pushed, so that it matters to be told before the apply. */
const before = 'Documents that become ready before its first pull are never pushed.';

function notActive(connections: Connections, what: string): Problem {
  const lost = connections.filter(({ status }) => status === 'deauthorized');
  const waiting = connections.filter(({ status }) => status === 'pending_auth');
  if (lost.length === 0 && waiting.length === 0) {
    const message = `${what}, and no accounting system is connected.`;
    const hint = `Connect one first: ledgerform connection connect. ${before}`;
    return warningProblem('CONNECTION_NONE', message, { hint });
  }
  const why =
    lost.length > 0
      ? `the accounting system ${platforms(lost)}has withdrawn its authorisation`
      : `the connection to the accounting system ${platforms(waiting)}waits for its authorisation`;
  const message = `${what}, and ${why}.`;
  const hint = `A person must authorise it: ledgerform connection status shows where. ${before}`;
  return warningProblem('CONNECTION_UNAUTHORIZED', message, { hint });
}

function severalActive(active: Connections): Problem {
  const message = `${active.length} accounting connections are active ${platforms(active)}and one is meant to be: nobody can tell to which of them documents are pushed.`;
  const hint = 'Disconnect all but one: ledgerform connection status lists them.';
  return warningProblem('CONNECTION_SEVERAL', message, { hint });
}

function neverPulled(active: Connections, what: string): Problem {
  const message = `${what}, and the connection to the accounting system ${platforms(active)}has never pulled.`;
  const hint = `Wait for it before you apply: ledgerform connection sync --wait. ${before}`;
  return warningProblem('CONNECTION_NOT_PULLED', message, { hint });
}

/** `(xero) `, with a space behind; empty where the service does not say. Sorted: the order of the list says nothing. */
function platforms(connections: Connections): string {
  const names = [...new Set(connections.flatMap(({ platform }) => platform ?? []))].sort();
  return names.length === 0 ? '' : `(${listText(names, 5)}) `;
}

function concerned(changes: readonly Change[]): string {
  const counts = [...nouns].flatMap(([kind, noun]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [countText(count, noun)];
  });
  return `This plan changes what only matters for pushing (${listText(counts, counts.length)})`;
}
