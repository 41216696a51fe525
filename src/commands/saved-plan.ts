import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { shellWord } from '../accounting/command-for.ts';
import { differsFromHead, headCommit } from '../git/repository.ts';
import { load } from '../load/load.ts';
import { readRegular } from '../load/read-regular.ts';
import type { Plan } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { maxPlanBytes, parsePlan } from '../plan/parse-plan.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import type { ApplyOptions } from './apply.ts';
import { rootOf } from './configuration.ts';
import { endpointOf } from './endpoint.ts';
import { namedEnvironment } from './named-environment.ts';
import { plainReason } from './plain-reason.ts';
import type { Shell } from './shell.ts';

/** A saved plan that may be applied here and now. */
export interface SavedPlan {
  readonly plan: Plan;
  readonly root: string;
  readonly gitCommit: string | null;
  /** The configuration that it was made from and what that extends, absolute; empty where it is not at hand. */
  readonly files: readonly string[];
  /** Not null for production: whether the configuration that it was made from differs from HEAD here. */
  readonly production: { readonly dirty: boolean } | null;
  /** Why it is refused: it is older than its configuration. */
  readonly outdated: Problem | null;
}

/** Reads a saved plan, or Stop (exit 3): edited, of another version, or for elsewhere. */
export async function openSavedPlan(file: string, options: ApplyOptions, shell: Shell): Promise<SavedPlan> {
  refuseLimits(options);
  const { cwd, variables } = shell.edge;
  const plan = parsed(await textOf(resolve(cwd, file), file), file);
  checkPlace(plan, options, shell);
  const root = rootOf(options, cwd);
  const { files, outdated } = await checkConfiguration(plan, root, options, shell);
  const production =
    plan.environment === 'production' ? { dirty: await differsFromHead(root, files, variables) } : null;
  return { plan, root, files, gitCommit: await headCommit(root, variables), production, outdated };
}

/** What a saved plan allows and is limited to was decided when it was made. */
function refuseLimits(options: ApplyOptions): void {
  const { allowDeletes, allowDirty, allowInUse, allowOverwrites, base, target } = options;
  if (
    [allowDeletes, allowDirty, allowInUse, allowOverwrites, base, target].every((each) => each === undefined)
  )
    return;
  throw stop(
    3,
    'OPTION_INVALID',
    'A saved plan is applied as it is: --target, --base and --allow-... are not for it.',
    'Give them to ledgerform plan --out.',
  );
}

/** The text of a plan file that is a file, and not larger than any plan. */
async function textOf(path: string, file: string): Promise<string> {
  try {
    const found = await readRegular(await realpath(path), maxPlanBytes);
    if ('bytes' in found) return found.bytes.toString('utf8');
    throw unreadable(file, found.refused === 'size' ? 'it is larger than any plan' : 'it is not a file');
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    throw unreadable(file, plainReason(cause));
  }
}

const unreadable = (file: string, reason: string): Stop =>
  stop(
    3,
    'PLAN_UNREADABLE',
    `The plan ${file} cannot be read: ${reason}.`,
    'Name a file that ledgerform plan --out wrote.',
  );

function parsed(text: string, file: string): Plan {
  const found = parsePlan(text);
  if (found.plan !== null) return found.plan;
  if (/\.ya?ml$/i.test(file))
    throw stop(
      3,
      'PLAN_UNREADABLE',
      `${file} is a configuration, not a saved plan.`,
      `To plan and apply it: ledgerform apply -c ${shellWord(file)}`,
    );
  throw new Stop(
    3,
    found.problems.map((each) => ({ ...each, file: each.file ?? file })),
  );
}

/** The plan's environment and URL must be the ones that this run would talk to: a plan never decides where credentials go. */
function checkPlace(plan: Plan, options: ApplyOptions, shell: Shell): void {
  const named = namedEnvironment(options, shell);
  if (named !== null && named !== plan.environment)
    throw stop(
      3,
      'PLAN_ELSEWHERE',
      `The plan is for ${plan.environment}, but this run is for ${named}.`,
      'Apply it where it was made for, or plan again.',
    );
  const url = endpointOf(plan.environment, options.apiUrl, shell.edge.variables) ?? 'local';
  if (url !== plan.api_url)
    throw stop(
      3,
      'PLAN_ELSEWHERE',
      `The plan is for ${plan.api_url}, but this run talks to ${url}.`,
      'Set TESOURO_API_URL or --api-url as it was, or plan again.',
    );
}

/** Where the configuration is at hand, it must be the one that the plan was made from. */
async function checkConfiguration(
  plan: Plan,
  root: string,
  options: ApplyOptions,
  shell: Shell,
): Promise<{ readonly files: readonly string[]; readonly outdated: Problem | null }> {
  const { cwd, variables } = shell.edge;
  if (isAbsolute(plan.config.path) || plan.config.path.split(/[/\\]/).includes('..'))
    throw stop(
      3,
      'PLAN_UNREADABLE',
      `The plan was made from ${plan.config.path}, which is not in this repository.`,
      'Make it again with `ledgerform plan --out`.',
    );
  const path = join(root, plan.config.path);
  if (!existsSync(path)) return { files: [], outdated: null };
  const allowOutside = options.allowOutside === true;
  const loaded = await load({ path, environment: null, variables, allowOutside, root, cwd }, kinds);
  const organization = loaded.desired?.organization.id ?? plan.organization.id;
  if (organization !== plan.organization.id)
    throw stop(
      3,
      'PLAN_ELSEWHERE',
      `The plan is for the organization ${plan.organization.id}, but ${plan.config.path} is ${organization}’s.`,
      'Plan again.',
    );
  const files = loaded.files.map((each) => join(root, each.path));
  if (loaded.sha256 === plan.config.sha256) return { files, outdated: null };
  const message = `${changedText(plan.config.path, loaded.files.length)} since the plan was made.`;
  const hint = 'Plan again, and have the new plan approved.';
  return { files, outdated: errorProblem('PLAN_OUTDATED', message, { hint }) };
}

/** The plan keeps one fingerprint of all layers, which does not tell them apart. */
const changedText = (path: string, layers: number): string =>
  layers > 1 ? `${path} or what it extends has changed` : `${path} has changed`;

const stop = (exitCode: 3, code: Problem['code'], message: string, hint: string): Stop =>
  new Stop(exitCode, [errorProblem(code, message, { hint })]);
