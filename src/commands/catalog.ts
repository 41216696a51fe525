import { Argument, Option } from 'commander';
import { assignCommand } from './accounting/assign-catalog.ts';
import { connectionCommand } from './accounting/connection-catalog.ts';
import { documentsCommand } from './accounting/documents-catalog.ts';
import { readinessCommand } from './accounting/readiness-catalog.ts';
import { recordsCommand } from './accounting/records-catalog.ts';
import type { ApplyOptions } from './apply.ts';
import { baseOptions } from './base-options.ts';
import type { CommandSpec } from './command-spec.ts';
import { environments } from './common-options.ts';
import type { DriftOptions } from './drift.ts';
import { exportCommand } from './export-catalog.ts';
import { fmtCommand } from './fmt-catalog.ts';
import { importCommand } from './import-catalog.ts';
import { pipelines } from './init/pipelines.ts';
import type { InitOptions } from './init.ts';
import { localCommand } from './local-catalog.ts';
import { explainCommand, historyCommand, listCommand } from './looking-catalog.ts';
import { shardOption } from './many/shard.ts';
import { wavesOption } from './many/waves.ts';
import { pathText, repeated, seconds, wholeNumber } from './option-values.ts';
import type { PlanOptions } from './plan.ts';
import { schemaFiles } from './schema-files.ts';
import type { ValidateOptions } from './validate.ts';

const targetOption = () =>
  new Option('--target <address>', 'only this, and what it needs (repeatable)').argParser(repeated);

const allowOptions = (): readonly Option[] => [
  new Option('--allow-in-use <address>', 'delete this although something uses it (repeatable)').argParser(
    repeated,
  ),
  new Option('--allow-deletes <n>', 'more deletes than policy.max_deletes').argParser(
    wholeNumber(0, 1_000_000),
  ),
  new Option('--allow-overwrites <n>', 'more overwrites than policy.max_overwrites').argParser(
    wholeNumber(0, 1_000_000),
  ),
  new Option('--allow-dirty', 'change production from what is not committed'),
];

const settleOption = (): Option =>
  new Option(
    '--settle <seconds>',
    'how long lists may lag behind writes: a lost answer is looked for so long',
  )
    .default(2)
    .argParser(seconds(0, 300));

/** What chooses among many organizations. */
const manyOptions = (): readonly Option[] => [
  new Option(
    '--changed-since <revision>',
    'only organizations whose files differ from this Git revision',
  ).argParser(pathText),
  new Option('--shard <part>', 'only a part of the organizations, for example 2/8').argParser(shardOption),
];

const impactOption = () =>
  new Option('--impact', 'count all documents that use a changed rate or code, whatever that takes to read');

const showAllOption = () => new Option('--show-all', 'lists in full');

const initCommand: CommandSpec = {
  name: 'init',
  description: 'write what a repository begins with: a configuration, editor settings, workflows',
  options: [
    new Option('--organization <id>', 'id of the organization in Tesouro').argParser(pathText),
    new Option('--name <text>', 'what you call it, for outputs').argParser(pathText),
    new Option('--environment <name>', 'where it lives').choices(environments),
    new Option('--ci <host>', 'workflows for it').choices(pipelines),
  ],
  run: async ({ command, shell }) =>
    (await import('./init.ts')).init(command.optsWithGlobals<InitOptions>(), shell),
};

const validateCommand: CommandSpec = {
  name: 'validate',
  description: 'check a configuration, without the network',
  result: 'validate',
  options: [new Option('--fix', 'repair what has one safe repair'), ...manyOptions()],
  run: async ({ command, shell }) =>
    (await import('./validate.ts')).validate(command.optsWithGlobals<ValidateOptions>(), shell),
};

const planCommand: CommandSpec = {
  name: 'plan',
  description: 'show what an apply would do; nothing is written',
  result: 'plan',
  options: [
    new Option('--out <file>', 'save the plan; of many organizations a folder of plans').argParser(pathText),
    targetOption(),
    ...baseOptions(),
    impactOption(),
    new Option('--detailed-exitcode', 'exit 2 when there are changes'),
    new Option('--show-unchanged', 'also what is already as the file says'),
    showAllOption(),
    ...allowOptions(),
    ...manyOptions(),
  ],
  run: async ({ command, shell }) =>
    (await import('./plan.ts')).plan(command.optsWithGlobals<PlanOptions>(), shell),
};

const applyCommand: CommandSpec = {
  name: 'apply',
  description: 'plan, ask, apply and prove; or apply a saved plan',
  result: 'apply',
  arguments: [new Argument('[plan.json]', 'a plan that ledgerform plan --out saved, or a folder of them')],
  options: [
    new Option('--auto-approve', 'do not ask'),
    targetOption(),
    ...baseOptions(),
    impactOption(),
    new Option('--record', 'after a proven apply, keep its commit as what was last applied'),
    showAllOption(),
    ...allowOptions(),
    ...manyOptions(),
    new Option(
      '--waves <list>',
      'many organizations in waves, for example 1,10%,100%; a failure stops the next',
    ).argParser(wavesOption),
    settleOption(),
  ],
  run: async ({ command, shell }) =>
    (await import('./apply.ts')).apply(command.args[0], command.optsWithGlobals<ApplyOptions>(), shell),
};

const driftCommand: CommandSpec = {
  name: 'drift',
  description: 'show what differs from the file; exit 2 when something does',
  result: 'drift',
  options: [
    ...baseOptions(),
    new Option('--repair', 'undo drift, and nothing else (needs a base)'),
    new Option(
      '--accept [where]',
      'write live values into the file; with base into the files that it extends (needs a base)',
    )
      .choices(['base'])
      .conflicts('repair'),
    new Option('--auto-approve', 'do not ask before a repair'),
    showAllOption(),
    ...allowOptions(),
    ...manyOptions(),
    settleOption(),
  ],
  run: async ({ command, shell }) => {
    const options = command.optsWithGlobals<DriftOptions>();
    if (!options.repair) (await import('./repair-only.ts')).refuseRepairOnly(command);
    return (await import('./drift.ts')).drift(options, shell);
  },
};

const schemaCommand: CommandSpec = {
  name: 'schema',
  description: 'print a JSON Schema',
  arguments: [
    new Argument('[document]', 'of which document').choices(Object.keys(schemaFiles)).default('config'),
  ],
  run: async ({ command, shell }) => (await import('./schema.ts')).schema(command.args[0] ?? 'config', shell),
};

const completionCommand: CommandSpec = {
  name: 'completion',
  description: 'print a script that completes commands and options in a shell',
  arguments: [new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish'])],
  run: async ({ command, program, shell }) =>
    (await import('./completion.ts')).completion(command.args[0] ?? '', program, shell),
};

/** Every command, in the order of the help. */
export const catalog: readonly CommandSpec[] = [
  initCommand,
  validateCommand,
  fmtCommand,
  planCommand,
  applyCommand,
  driftCommand,
  listCommand,
  importCommand,
  exportCommand,
  assignCommand,
  readinessCommand,
  connectionCommand,
  recordsCommand,
  documentsCommand,
  explainCommand,
  historyCommand,
  localCommand,
  schemaCommand,
  completionCommand,
];
