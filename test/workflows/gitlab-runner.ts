import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { parse } from 'yaml';
import { leakIn } from '../../scripts/test/leaks.ts';
import type { GitLab } from './gitlab-service.ts';
import { secrets } from './stand.ts';
import type { Tracker } from './tracked-lines.ts';

/* Plays the part of GitLab that runs a job: its variables, and its scripts one after the other in one shell. */

/** A job of the pipeline. */
export interface Job {
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly artifacts?: { readonly paths: readonly string[] };
}

/** The pipeline, by its jobs. */
export type Pipeline = Readonly<Record<string, Job>> & {
  readonly variables: Readonly<Record<string, string>>;
  readonly '.ledgerform': Job;
};

/** Reads the pipeline of the package. */
export const pipelineIn = async (path: string): Promise<Pipeline> => parse(await readFile(path, 'utf8'));

/** Where a job runs. */
export interface Place {
  readonly gitlab: GitLab;
  readonly tracker: Tracker;
  readonly workspace: string;
  readonly temporary: string;
  readonly home: string;
  readonly path: string;
}

/** What came of it. */
export interface Ran {
  readonly code: number | undefined;
  readonly log: string;
  readonly workspace: string;
}

/** Runs a job in a folder that is there. What is protected is given to jobs on the default branch alone. */
export async function runJob(
  pipeline: Pipeline,
  name: string,
  environment: Readonly<Record<string, string>>,
  { gitlab, home, path, temporary, tracker, workspace }: Place,
): Promise<Ran> {
  const job = pipeline[name];
  if (job === undefined) throw new Error(`there is no job ${name}`);
  const script = tracker.bash(
    { name: null, text: 'set -eo pipefail' },
    { name: '.ledgerform', text: pipeline['.ledgerform'].before_script?.join('\n') ?? '' },
    { name, text: job.script.join('\n') },
  );
  const { all, exitCode } = await execa('bash', [script.path], {
    cwd: workspace,
    all: true,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    env: {
      PATH: path,
      HOME: home,
      TMPDIR: temporary,
      CI: 'true',
      CI_API_V4_URL: gitlab.web.url,
      CI_PROJECT_ID: '1',
      CI_PROJECT_PATH: 'acme/books',
      CI_SERVER_PROTOCOL: 'https',
      CI_SERVER_HOST: 'gitlab.test',
      CI_SERVER_PORT: '443',
      CI_DEFAULT_BRANCH: 'main',
      LEDGERFORM_GITLAB_TOKEN: gitlab.token,
      ...(environment.CI_COMMIT_BRANCH === 'main' ? { LEDGERFORM_PUSH_TOKEN: gitlab.pushToken } : {}),
      ...secrets,
      ...pipeline.variables,
      ...job.variables,
      ...environment,
      ...script.environment,
    },
  });
  script.ended();
  const leak = leakIn(all, [gitlab.token, gitlab.pushToken, secrets.TESOURO_CLIENT_SECRET]);
  if (leak !== null) throw new Error(`the log shows ${leak}`);
  return { code: exitCode, log: all, workspace };
}
