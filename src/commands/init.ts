import { existsSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { printable } from '../render/printable.ts';
import { commandAbout } from './command-about.ts';
import type { CommonOptions } from './common-options.ts';
import { rootOf } from './configuration.ts';
import { configurationPath } from './configuration-path.ts';
import type { ExitCode } from './exit-code.ts';
import { type AnswerOptions, type Answers, answersTo } from './init/answers.ts';
import { newFiles } from './init/new-files.ts';
import { type Outcome, putAll } from './init/put-all.ts';
import { oneConfiguration } from './one-configuration.ts';
import { putSchema, schemaBeside } from './schema-beside.ts';
import type { Shell } from './shell.ts';

export interface InitOptions extends CommonOptions, AnswerOptions {}

/** Writes what a repository with a configuration begins with. What is there already is kept as it is. */
export async function init(options: InitOptions, shell: Shell): Promise<ExitCode> {
  const { cwd, home } = shell.edge;
  const config = configurationPath(oneConfiguration(options), cwd);
  const root = rootOf({ config: [config] }, cwd);
  const path = relative(root, config).split(sep).join('/');
  const answers = await answersTo(options, existsSync(config), root, shell);
  const schema = schemaBeside(config, root);
  const outcomes = await putAll(await newFiles(path, schema, answers, home), root);
  // One that was there may be of another version.
  const { problems } = await putSchema(schema, shell.edge);
  const runs = ['validate', 'plan'].map((each) => commandAbout(`ledgerform ${each}`, config, cwd));
  const next = [...runs, ...pipelineSteps(path, answers, outcomes)];
  shell.sayJson({ ok: true, files: outcomes, next, problems });
  shell.say(resultText(outcomes, next));
  shell.warn(problems);
  return 0;
}

/** What is left to do before a pipeline can run. */
function pipelineSteps(
  path: string,
  { ci, environment }: Answers,
  outcomes: readonly Outcome[],
): readonly string[] {
  if (ci === 'none') return [];
  const kept = (name: string) => outcomes.some((each) => each.path === name && each.outcome === 'kept');
  const included = kept('.gitlab-ci.yml')
    ? ['Include .gitlab/ledgerform.gitlab-ci.yml in .gitlab-ci.yml.']
    : [];
  const variable = path === 'ledgerform.yaml' ? [] : [`Set the variable LEDGERFORM_CONFIG there to ${path}.`];
  const written = outcomes.some((each) => each.path === path && each.outcome === 'written');
  // It is there to be tried without an account; its folder is gone when a pipeline ends.
  const local =
    written && environment === 'local'
      ? [
          `${path} is for the local environment, which no pipeline can work with: before its first run write \`environment: sandbox\` or \`production\`, and your own accounts in place of the examples.`,
        ]
      : [];
  const secrets =
    'Give the pipeline the secrets TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET; what else it needs stands at the top of its files.';
  return [...included, ...local, secrets, ...variable];
}

function resultText(outcomes: readonly Outcome[], next: readonly string[]): string {
  const words = { written: 'written', extended: 'extended', kept: 'kept as it was' };
  const files = outcomes.map(({ path, outcome }) => `  ${printable(path)}  ${words[outcome]}\n`);
  return `${files.join('')}\nNext:\n${next.map((step) => `  ${printable(step)}\n`).join('')}`;
}
