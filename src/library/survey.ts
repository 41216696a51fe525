import type { Allowed, Change, Plan } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import type { ReadEvent } from '../observe/each-payable.ts';
import { type Base, survey as look } from '../pipeline.ts';
import { version } from '../version.ts';
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
import type { OpenOrganization } from './client.ts';
import type { Configuration } from './configuration.ts';
import { hear } from './hear.ts';
import { desiredOf } from './insides.ts';
import { meantElsewhere, type RunOptions, runWith } from './run.ts';

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

/** What an organization lacks of what it shall have; or why nobody can say, because the configuration does not fit what is live: a look-up finds nothing, or several. */
export type Surveyed =
  | {
      readonly ok: true;
      /** Plain data; `JSON.stringify` saves it, `readPlan` reads it. */
      readonly plan: Plan;
      /** A guard refuses it: the warnings with severity `error` say why. It can be shown, and cannot be carried out. */
      readonly refused: boolean;
      /** What is as it shall be. */
      readonly unchanged: readonly Address[];
      /** With `only`: the changes that it left out. */
      readonly others: readonly Change[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

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
  const { base, impact = false, onEvent, only, target = [] } = options;
  if (only && base === undefined) throw new TypeError('survey: only needs a base.');
  const desired = desiredOf(configuration);
  const { commit, path, sha256 } = configuration;
  const wanted = {
    target,
    allowed: allowedBy(options.allow),
    configuration: { path, sha256, git_commit: commit, dirty: false },
    base: base === undefined ? null : baseOf(base),
    notes: [],
    impact,
    ...(only ? { only } : {}),
  };
  const wrong =
    meantElsewhere('configuration', desired, organization) ?? (base && otherBase(base, configuration));
  if (wrong) return { ok: false, problems: [wrong] };
  return runWith(desired.organization, organization, options, async (provider) => {
    const { accounting } = provider;
    const context = { provider, accounting, now: () => new Date(), version, notify: hear(onEvent) };
    try {
      const { others, plan, proposal, refused } = await look(desired, wanted, context);
      return { ok: true, plan, refused, unchanged: proposal.unchanged, others };
    } catch (thrown) {
      if (thrown instanceof Stop) return { ok: false, problems: thrown.problems };
      throw thrown;
    }
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

function baseOf(base: Configuration): Base {
  const desired = desiredOf(base);
  if (base.commit === null) throw new TypeError('survey: the base must be loaded with its commit.');
  return { commit: base.commit, desired };
}

function otherBase(base: Configuration, now: Configuration): Problem | null {
  if (base.organization.id === now.organization.id && base.environment === now.environment) return null;
  return errorProblem(
    'BASE_ELSEWHERE',
    `The base is of ${base.organization.id} (${base.environment}), the configuration of ${now.organization.id} (${now.environment}).`,
    { hint: 'Give the configuration of this organization as it was last applied.' },
  );
}
