import type { Allowed, Change, Plan } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import type { ReadEvent } from '../observe/each-payable.ts';
import { type Base, survey as look } from '../pipeline.ts';
import { version } from '../version.ts';
import type { OpenOrganization } from './channel.ts';
import {
  call,
  checkOptions,
  count,
  object,
  oneOf,
  seconds,
  signal,
  someTexts,
  texts,
  truth,
} from './check-options.ts';
import type { Configuration } from './configuration.ts';
import { hear } from './hear.ts';
import { insideOf } from './inside.ts';
import { elsewhere, type RunOptions, runWith } from './run.ts';

/** What a guard would refuse and is allowed all the same. The plan keeps it, and it holds for carrying it out. */
export interface Allowance {
  /** Delete what is still in use, by address. */
  readonly inUse?: readonly Address[] | undefined;
  /** Delete so many, at most. */
  readonly deletes?: number | undefined;
  /** Let rules replace so many assignments, at most. */
  readonly overwrites?: number | undefined;
}

export interface SurveyOptions extends RunOptions {
  /** Only these addresses and what they depend on. */
  readonly target?: readonly Address[] | undefined;
  readonly allow?: Allowance | undefined;
  /** The configuration as it was last applied, loaded with its `commit`: changes of the file can then be told from drift. */
  readonly base?: Configuration | undefined;
  /** `drift`: only what undoes what somebody else did; needs a base. */
  readonly only?: 'drift' | undefined;
  /** Count everything that uses what changes, whatever that takes to read. */
  readonly impact?: boolean | undefined;
  /** Told how far reading is. */
  readonly onEvent?: ((event: ReadEvent) => void) | undefined;
}

/** What an organization lacks of what it shall have. */
export interface Surveyed {
  /** Plain data; `JSON.stringify` saves it, `parsePlan` reads it. */
  readonly plan: Plan;
  /** A guard refuses it: the warnings with severity `error` say why. It can be shown, and cannot be carried out. */
  readonly refused: boolean;
  /** What is as it shall be. */
  readonly unchanged: readonly Address[];
  /** With `only`: the changes that it left out. */
  readonly others: readonly Change[];
}

const rules = {
  target: someTexts,
  allow: object,
  base: object,
  only: oneOf('drift'),
  impact: truth,
  onEvent: call,
  signal,
  timeoutSeconds: seconds,
};

/** Looks at an organization and says what differs from its configuration. It only reads. */
export async function survey(
  configuration: Configuration,
  organization: OpenOrganization,
  options: SurveyOptions = {},
): Promise<Surveyed> {
  checkOptions('survey', options, rules);
  const desired = insideOf(configuration, 'loadConfiguration');
  const { base, impact = false, onEvent, only, target = [] } = options;
  const { commit, path, sha256 } = configuration;
  const about = { what: 'configuration', ...desired } as const;
  const wanted = {
    target,
    allowed: allowedBy(options.allow),
    configuration: { path, sha256, git_commit: commit, dirty: false },
    base: baseOf(base, configuration),
    notes: [],
    impact,
    ...(only ? { only } : {}),
  };
  if (only && base === undefined) throw new TypeError('survey: only needs a base.');
  return runWith(about, organization, options, async (provider) => {
    const { accounting } = provider;
    const context = { provider, accounting, now: () => new Date(), version, notify: hear(onEvent) };
    const { others, plan, proposal, refused } = await look(desired, wanted, context);
    return { plan, refused, unchanged: proposal.unchanged, others };
  });
}

/** An allowance as plans keep it. */
function allowedBy(allow: Allowance = {}): Allowed {
  checkOptions('survey: allow', allow, { inUse: texts, deletes: count, overwrites: count });
  return {
    in_use: allow.inUse ?? [],
    deletes: allow.deletes ?? null,
    overwrites: allow.overwrites ?? null,
    dirty: false,
  };
}

function baseOf(base: Configuration | undefined, now: Configuration): Base | null {
  if (base === undefined) return null;
  const desired = insideOf(base, 'loadConfiguration');
  if (base.commit === null) throw new TypeError('survey: the base must be loaded with its commit.');
  if (base.organization.id !== now.organization.id || base.environment !== now.environment)
    throw elsewhere(
      `The base is of ${base.organization.id} (${base.environment}), the configuration of ${now.organization.id} (${now.environment}).`,
    );
  return { commit: base.commit, desired };
}
