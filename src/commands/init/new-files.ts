import { readFile } from 'node:fs/promises';
import { modelineTo } from '../../load/modeline.ts';
import type { SchemaBeside } from '../schema-beside.ts';
import { schemaFiles } from '../schema-files.ts';
import type { Answers } from './answers.ts';
import type { Ci } from './pipelines.ts';
import { starter } from './starter.ts';

/** A file to write, by its path below the repository. `lines`: it is there for these lines, and gets those that it lacks. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly lines: boolean;
}

/** The schema in the package. */
const packedSchema = `schemas/${schemaFiles.config}`;

/** What runs and pipelines leave in the folder. */
const ignored = [
  '.ledgerform/',
  'plan.json',
  '/plans/',
  ...['plan', 'apply', 'drift'].map((name) => `ledgerform-${name}.md`),
];

/** The files of the package that a pipeline is made of, and where they go. */
const filesOf: Readonly<Record<Ci, readonly (readonly [from: string, to: string])[]>> = {
  github: [
    ['action.yml', '.github/actions/ledgerform/action.yml'],
    ['templates/github/ledgerform-plan.yml', '.github/workflows/ledgerform-plan.yml'],
    ['templates/github/ledgerform-apply.yml', '.github/workflows/ledgerform-apply.yml'],
    ['templates/github/ledgerform-drift.yml', '.github/workflows/ledgerform-drift.yml'],
  ],
  gitlab: [
    ['templates/gitlab/ledgerform.gitlab-ci.yml', '.gitlab/ledgerform.gitlab-ci.yml'],
    ['templates/gitlab/gitlab-ci.yml', '.gitlab-ci.yml'],
  ],
  shell: [['templates/shell/ledgerform.sh', 'ledgerform.sh']],
  none: [],
};

/** Everything that a repository begins with: the configuration, its schema, what editors and Git need, the pipeline. */
export async function newFiles(
  config: string,
  schema: Pick<SchemaBeside, 'path' | 'way'>,
  answers: Answers,
  home: URL,
): Promise<readonly NewFile[]> {
  const packed = (path: string) => readFile(new URL(path, home), 'utf8');
  const whole = (path: string, text: string): NewFile => ({ path, text, lines: false });
  const pipeline = filesOf[answers.ci].map(async ([from, to]) => whole(to, await packed(from)));
  return [
    whole(
      config,
      starter(await packed('templates/starter/ledgerform.yaml'), modelineTo(schema.way), answers),
    ),
    whole(schema.path, await packed(packedSchema)),
    { path: '.gitignore', text: ignored.map((line) => `${line}\n`).join(''), lines: true },
    whole(
      '.vscode/settings.json',
      json({ 'yaml.schemas': { [`./${schema.path}`]: ['**/ledgerform.yaml'] } }),
    ),
    whole('.vscode/extensions.json', json({ recommendations: ['redhat.vscode-yaml'] })),
    ...(await Promise.all(pipeline)),
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
