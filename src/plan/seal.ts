import { createHash } from 'node:crypto';
import type { Account } from '../model/account.ts';
import type { Allowed, Change, Plan, Summary } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import type { RuleFacts } from './assign.ts';
import { canonicalJson } from './canonical-json.ts';
import { placeOf } from './places.ts';
import type { Proposal } from './propose.ts';

/** What a plan says of how it came about. */
export interface Seal {
  readonly account: Account;
  readonly version: string;
  readonly configuration: { path: string; sha256: string; git_commit: string | null; dirty: boolean };
  /** The commit of the base; null without one. */
  readonly base: string | null;
  readonly allowed: Allowed;
  readonly targets: readonly Address[];
  /** What guards refuse. */
  readonly refusals: readonly Problem[];
  readonly at: Date;
  readonly requests: number;
}

/** Makes the plan document of a proposal. Plans of the same inputs differ in created_at, observed and digest alone. */
export function seal(proposal: Proposal, by: Seal): Plan {
  const { path, sha256, git_commit } = by.configuration;
  const config = { path, sha256, git_commit, base: by.base, allowed: by.allowed };
  const plan: Omit<Plan, 'digest'> = {
    format_version: '1',
    ledgerform_version: by.version,
    created_at: by.at.toISOString(),
    organization: by.account.organization,
    environment: by.account.environment,
    api_url: by.account.apiUrl,
    config: by.targets.length === 0 ? config : { ...config, targets: [...by.targets].sort() },
    summary: summarize(proposal.changes),
    changes: proposal.changes,
    unmanaged: proposal.unmanaged,
    warnings: [...proposal.warnings, ...by.refusals],
    observed: {
      at: by.at.toISOString(),
      requests: by.requests,
      references: proposal.references,
      ...rulesBehind(proposal),
    },
  };
  return { ...plan, digest: digestOf(plan) };
}

/** Only the rules that some change comes from. */
function rulesBehind({ changes, rules }: Proposal): { readonly rules?: Readonly<Record<string, RuleFacts>> } {
  const places = new Set<string>();
  for (const { source } of changes)
    if (source && Object.hasOwn(rules, placeOf(source))) places.add(placeOf(source));
  if (places.size === 0) return {};
  return { rules: Object.fromEntries(Object.entries(rules).filter(([place]) => places.has(place))) };
}

/** The digest of a plan: over everything in it but the digest itself, whatever the order of its members. */
export function digestOf(plan: Omit<Plan, 'digest'>): string {
  const { digest: _, ...rest }: Partial<Plan> = plan;
  const hash = createHash('sha256');
  let text = '';
  canonicalJson(rest, (piece) => {
    text += piece;
    if (text.length < 65_536) return;
    hash.update(text);
    text = '';
  });
  return `sha256:${hash.update(text).digest('hex')}`;
}

/** How many changes there are of each action, and how many of them undo what somebody else did. */
export function summarize(changes: readonly Change[]): Summary {
  const count = (action: Change['action']): number =>
    changes.filter((change) => change.action === action).length;
  return {
    create: count('create'),
    update: count('update'),
    delete: count('delete'),
    assign: count('assign'),
    unassign: count('unassign'),
    set: count('set'),
    drift: changes.filter(({ reason }) => reason === 'drift' || reason === 'conflict').length,
  };
}
