import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { leakIn } from '../../scripts/test/leaks.ts';
import { type Contexts, evaluate, expanded, holds } from './expression.ts';
import type { GitHub, Permissions } from './github-service.ts';
import type { Tracker } from './tracked-lines.ts';

/*
 * Plays the part of GitHub that runs a job: checks its conditions, puts values into `${{ … }}`, runs the `run:` of steps and of the
 * local action as the runner does, and plays the few actions of others.
 */

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string | boolean;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Permissions;
  readonly steps: readonly Step[];
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** A workflow with one job, and its name in the tracker. */
export interface Workflow {
  readonly name: string;
  readonly job: Job;
}

/** Reads a workflow of one job. */
export async function workflowIn(path: string): Promise<Workflow> {
  const { jobs }: { readonly jobs: Readonly<Record<string, Job>> } = parse(await readFile(path, 'utf8'));
  const [job, ...others] = Object.values(jobs);
  if (job === undefined || others.length > 0) throw new Error(`${path} has not one job`);
  return { name: path.split('/').at(-1) ?? path, job };
}

/** What makes a job run. */
export interface Occasion {
  readonly event: 'pull_request' | 'push' | 'schedule' | 'workflow_dispatch';
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly sha: string;
  readonly refName: string;
  /** The ref that is checked out. */
  readonly ref: string;
  readonly runId: number;
}

/** The machine and the repository's settings. */
export interface Machine {
  readonly folder: string;
  readonly home: string;
  readonly remote: string;
  readonly path: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly github: GitHub;
  readonly tracker: Tracker;
  readonly token?: string;
}

export interface Ran {
  readonly succeeded: boolean;
  readonly log: string;
  readonly summary: string;
  readonly workspace: string;
  /** By the id of a step. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the runner would have taken for commands: `::error …`. */
  readonly commands: readonly string[];
}

interface Under {
  readonly machine: Machine;
  readonly occasion: Occasion;
  readonly workspace: string;
  readonly token: string;
  readonly github: Readonly<Record<string, unknown>>;
  readonly files: { event: string; summary: string };
  log: string;
  failed: boolean;
  count: number;
}

/** Runs a workflow's job to its end. */
export async function runJob({ job, name }: Workflow, occasion: Occasion, machine: Machine): Promise<Ran> {
  const workspace = join(machine.folder, `workspace-${occasion.runId}`);
  const temporary = join(machine.folder, `temporary-${occasion.runId}`);
  await mkdir(workspace, { recursive: true });
  await mkdir(temporary, { recursive: true });
  const files = { event: join(temporary, 'event.json'), summary: join(temporary, 'summary.md') };
  const payload = { repository: { default_branch: 'main' }, ...occasion.payload };
  await writeFile(files.event, JSON.stringify(payload));
  await writeFile(files.summary, '');
  const token = machine.token ?? machine.github.issueToken(job.permissions ?? {});
  const { event, ref, refName, sha } = occasion;
  const github = {
    event: payload,
    event_name: event,
    ref,
    ref_name: refName,
    sha,
    repository: 'acme/books',
    token,
  };
  const under: Under = {
    machine,
    occasion,
    workspace,
    token,
    github,
    files,
    log: '',
    failed: false,
    count: 0,
  };
  const values = {
    github,
    inputs: occasion.inputs ?? {},
    secrets: machine.secrets,
    vars: machine.variables,
    runner: { temp: temporary },
  };
  const outputs = await runSteps(job.steps, name, values, {}, under);
  const summary = await readFile(files.summary, 'utf8');
  for (const text of [under.log, summary, JSON.stringify(outputs)]) {
    const leak = leakIn(text, [token, ...Object.values(machine.secrets)]);
    if (leak !== null) throw new Error(`the run shows ${leak}`);
  }
  return {
    succeeded: !under.failed,
    log: under.log,
    summary,
    workspace,
    outputs,
    commands: commandsIn(under.log),
  };
}

type Outputs = Record<string, Record<string, string>>;

async function runSteps(
  steps: readonly Step[],
  where: string,
  values: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>>,
  under: Under,
): Promise<Outputs> {
  const outputs: Outputs = {};
  for (const step of steps) {
    const contexts = contextsOf({ ...values, env: environment, steps: asContext(outputs) }, under);
    if (!isDue(step, contexts, under)) continue;
    const own = filled(step.env, contexts);
    const given = { ...environment, ...own };
    const told =
      step.run === undefined
        ? await use(step, filled(step.with, contexts), given, under)
        : await runScript(step, where, given, under);
    if (step.id !== undefined) outputs[step.id] = told;
  }
  return outputs;
}

const asContext = (outputs: Outputs): unknown =>
  Object.fromEntries(Object.entries(outputs).map(([id, each]) => [id, { outputs: each }]));

const contextsOf = (values: Readonly<Record<string, unknown>>, under: Under): Contexts => ({
  values,
  functions: {
    success: () => !under.failed,
    failure: () => under.failed,
    always: () => true,
    cancelled: () => false,
  },
});

function isDue({ if: condition }: Step, contexts: Contexts, { failed }: Under): boolean {
  if (condition === undefined) return !failed;
  const asks = /\b(success|failure|always|cancelled)\(\)/.test(String(condition));
  return (asks || !failed) && holds(evaluate(String(condition), contexts));
}

const filled = (
  given: Readonly<Record<string, unknown>> | undefined,
  contexts: Contexts,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => [name, expanded(String(value), contexts)]),
  );

async function runScript(
  { id, name, run = '', shell = 'bash -e {0}' }: Step,
  where: string,
  environment: Readonly<Record<string, string>>,
  under: Under,
): Promise<Record<string, string>> {
  if (run.includes('${{')) throw new Error(`${where}: ${name} has an expression in the text of a script`);
  const { github, home, path, tracker } = under.machine;
  const isBash = shell.startsWith('bash');
  const key = `${where}/${name ?? id ?? run}`;
  const script = isBash ? tracker.bash({ name: key, text: run }) : tracker.javaScript(key, run);
  const command = shell === 'bash' ? 'bash --noprofile --norc -e -o pipefail {0}' : shell;
  const [program = '', ...args] = command.split(' ').map((word) => (word === '{0}' ? script.path : word));
  under.count += 1;
  const temporary = dirname(under.files.event);
  const output = join(temporary, `output-${under.count}`);
  await writeFile(output, '');
  const { all, exitCode } = await execa(program, args, {
    cwd: under.workspace,
    all: true,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    env: {
      PATH: path,
      HOME: home,
      TMPDIR: temporary,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: github.web.url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/books',
      GITHUB_RUN_ID: String(under.occasion.runId),
      GITHUB_SHA: under.occasion.sha,
      GITHUB_REF_NAME: under.occasion.refName,
      GITHUB_EVENT_NAME: under.occasion.event,
      GITHUB_EVENT_PATH: under.files.event,
      GITHUB_STEP_SUMMARY: under.files.summary,
      GITHUB_OUTPUT: output,
      GITHUB_WORKSPACE: under.workspace,
      ...under.machine.environment,
      ...environment,
      ...script.environment,
    },
  });
  script.ended();
  under.log += `${all}\n`;
  if (exitCode !== 0) under.failed = true;
  return outputsIn(await readFile(output, 'utf8'));
}

function outputsIn(text: string): Record<string, string> {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      if (at < 1) throw new Error(`no output: ${line}`);
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

async function use(
  { uses = '' }: Step,
  given: Record<string, string>,
  environment: Readonly<Record<string, string>>,
  under: Under,
): Promise<Record<string, string>> {
  if (uses.startsWith('./')) return useLocal(uses, given, environment, under);
  const [action = ''] = uses.split('@');
  const played = foreign[action];
  if (played === undefined) throw new Error(`nobody plays ${uses}`);
  await played(given, under).catch((error: unknown) => {
    under.failed = true;
    under.log += `${action}: ${error instanceof Error ? error.message : String(error)}\n`;
  });
  return {};
}

async function useLocal(
  uses: string,
  given: Record<string, string>,
  environment: Readonly<Record<string, string>>,
  under: Under,
): Promise<Record<string, string>> {
  const action: Action = parse(await readFile(join(under.workspace, uses, 'action.yml'), 'utf8'));
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join()}`);
  const defaults = Object.entries(action.inputs).map(([name, input]) => {
    if (input.required === true && given[name] === undefined) throw new Error(`the action needs ${name}`);
    return [name, expanded(String(input.default ?? ''), contextsOf({ github: under.github }, under))];
  });
  const inputs = { ...Object.fromEntries(defaults), ...given };
  // The steps of an action ask how the action has gone so far, not how the job has.
  const before = under.failed;
  under.failed = false;
  const steps = await runSteps(
    action.runs.steps,
    'action.yml',
    { github: under.github, inputs },
    environment,
    under,
  );
  under.failed ||= before;
  const contexts = contextsOf({ inputs, steps: asContext(steps) }, under);
  return Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, expanded(value, contexts)]),
  );
}

type Played = (given: Readonly<Record<string, string>>, under: Under) => Promise<void>;

const foreign: Readonly<Record<string, Played>> = {
  'actions/checkout': async (given, { machine, occasion, workspace }) => {
    const git = (...args: readonly string[]) =>
      execa('git', args, {
        cwd: workspace,
        env: { HOME: machine.home, PATH: machine.path },
        extendEnv: false,
      });
    await git('init', '-q');
    await git('remote', 'add', 'origin', machine.remote);
    const all = given['fetch-depth'] === '0';
    const refs = [`+${occasion.sha}:refs/remotes/origin/checked-out`];
    await git(
      'fetch',
      '-q',
      ...(all ? [] : ['--depth=1']),
      'origin',
      ...refs,
      ...(all ? ['+refs/heads/*:refs/remotes/origin/*'] : []),
    );
    await git('checkout', '-q', '--detach', occasion.sha);
  },
  'actions/upload-artifact': async (given, { machine, occasion, workspace }) => {
    const { name = '', path = '' } = given;
    const hidden = given['include-hidden-files'] === 'true';
    for (const each of path.split('\n').filter((line) => line !== '')) {
      const found = existsSync(join(workspace, each)) && (hidden || !each.startsWith('.'));
      if (!found && given['if-no-files-found'] !== 'error') continue;
      await cp(join(workspace, each), join(artifact(machine, occasion.runId, name), each), {
        recursive: true,
      });
    }
  },
  'actions/download-artifact': async (given, { machine, token }) => {
    if (given['github-token'] !== token) throw new Error('another run is read with a token alone');
    await cp(artifact(machine, Number(given['run-id']), given.name ?? ''), given.path ?? '', {
      recursive: true,
    });
  },
};

/** Where what a run has kept under a name is. */
export const artifact = ({ folder }: Machine, run: number, name: string): string =>
  join(folder, 'artifacts', String(run), name);

/** The lines that the runner obeys: between `::stop-commands::x` and `::x::` there are none. */
export function commandsIn(log: string): readonly string[] {
  const found: string[] = [];
  let until: string | null = null;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const text = line.trimStart();
    if (until !== null) {
      if (text === `::${until}::`) until = null;
      continue;
    }
    if (text.startsWith('::stop-commands::')) until = text.slice('::stop-commands::'.length);
    else if (text.startsWith('::') || /##\[/.test(text)) found.push(text);
  }
  return found;
}
