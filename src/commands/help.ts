import { accountingExamples } from './accounting/examples.ts';
import type { ExitCode } from './exit-code.ts';
import { spreadsheetExamples } from './spreadsheet-examples.ts';

/** Examples below each command's help: what a user would type, and why. */
export const examples: Readonly<Record<string, readonly (readonly [command: string, why: string])[]>> = {
  ledgerform: [
    ['ledgerform init', 'write a configuration to start from, and workflows'],
    ['ledgerform validate', 'check ledgerform.yaml, without the network'],
    ['ledgerform plan', 'show what an apply would do'],
    ['ledgerform apply', 'show it, ask, do it, and prove it'],
    ['ledgerform drift', 'has somebody changed what the file declares?'],
  ],
  init: [
    ['ledgerform init', 'asks what it has to know; what is there already is kept'],
    [
      'ledgerform init --organization 9d2b4c8f-2087-4738-ba91-7359683c49a4 --ci github',
      'without questions: for the local environment, with workflows',
    ],
  ],
  validate: [
    ['ledgerform validate', 'check ledgerform.yaml and what it extends'],
    ['ledgerform validate -c orgs/acme --fix', 'quote codes that YAML takes for numbers'],
    ['ledgerform validate --json', 'the problems for another program'],
    ['ledgerform validate --format github', 'annotations on the lines of the file, in GitHub Actions'],
  ],
  fmt: [
    ['ledgerform fmt', 'format ledgerform.yaml and what it extends'],
    ['ledgerform fmt .', 'every configuration in this folder and below'],
    ['ledgerform fmt --check .', 'for pipelines: exit 2 when something is to format, and write nothing'],
    ['ledgerform fmt - --stdin-path orgs/acme/ledgerform.yaml', 'for editors: from stdin to stdout'],
  ],
  plan: [
    ['ledgerform plan', 'show every difference'],
    ['ledgerform plan --out plan.json', 'save the plan, to be approved and applied later'],
    ['ledgerform plan --detailed-exitcode', 'exit 2 when there are changes: for pipelines'],
    ['ledgerform plan --report markdown=plan.md --report junit=plan.xml', 'what people read, and two files'],
    ['ledgerform plan --target ledger_accounts.cash', 'only this, and what it needs'],
    ['ledgerform plan -c "orgs/*" --out plans', 'many organizations, and a folder of their plans'],
  ],
  apply: [
    ['ledgerform apply', 'plan, ask for yes, apply'],
    ['ledgerform apply plan.json', 'exactly the saved plan, without asking'],
    ['ledgerform apply --auto-approve', 'for pipelines: plan and apply at once'],
    ['ledgerform apply -c orgs --waves 1,10%,100%', 'many organizations, a few of them first'],
  ],
  drift: [
    ['ledgerform drift', 'exit 0 none, 2 when something differs'],
    ['ledgerform drift --json', 'the differences as a plan document'],
  ],
  list: [
    ['ledgerform list ledger_accounts', 'every account, with the key that manages it'],
    [
      'ledgerform list tax_rates --external --format csv',
      'the rates of the accounting system, for a spreadsheet',
    ],
    ['ledgerform list products --match consult', 'those with consult in any column'],
    ['ledgerform list line_items --unassigned', 'lines of payables that lack a ledger account'],
    ['ledgerform list settings', 'what the settings point to'],
  ],
  import: [
    [
      'ledgerform import --organization 9d2b4c8f-2087-4738-ba91-7359683c49a4 --env sandbox',
      'write ledgerform.yaml',
    ],
    ['ledgerform import --rules --out -', 'look at it first, rules in place of many entries'],
    ['ledgerform import --into ledgerform.yaml', 'add what was made in Tesouro since'],
  ],
  ...accountingExamples,
  ...spreadsheetExamples,
  explain: [
    ['ledgerform explain ledger_accounts.cash', 'file, line and layer of each value, and what is live'],
    ['ledgerform explain settings.ledger_accounts.payments', 'what a setting shall be and is'],
    [
      'ledgerform explain assignments.products.6a3c1f0e-5b7d-4f2a-9c1e-2f8b7a6d5c4e',
      'the rule that won, and why the others did not',
    ],
  ],
  history: [
    ['ledgerform history', 'every apply that was recorded here, the latest first'],
    ['ledgerform history 20261121T101500Z-1a2b3c', 'one of them in full'],
  ],
  local: [
    ['ledgerform local start', 'run the local environment as a server'],
    ['ledgerform local reset --seed seed.json', 'start over with known data'],
  ],
  'local start': [
    ['ledgerform local start --port 4010 --seed seed.json', 'a server with known data'],
    ['ledgerform local start --in-memory --rate-limit 30 --latency 100', 'as slow as the real one'],
    [
      'ledgerform local start --fault "POST /ledger-accounts reset-after-commit nth=2"',
      'rehearse a lost answer',
    ],
    ['ledgerform local start --switch null_in_patch=refused', 'another reading of the API’s contract'],
  ],
  'local reset': [['ledgerform local reset', 'empty .ledgerform/local.json']],
  schema: [
    ['ledgerform schema > ledgerform.v1.schema.json', 'for editors'],
    ['ledgerform schema plan', 'the schema of a saved plan'],
  ],
  completion: [
    ['source <(ledgerform completion bash)', 'in ~/.bashrc'],
    ['source <(ledgerform completion zsh)', 'in ~/.zshrc'],
    ['ledgerform completion fish | source', 'in config.fish'],
  ],
};

/** The examples of one command, as they stand below its help: beside what they do, or above it where that has no room. */
export function examplesText(name: string, room: number): string {
  const rows = examples[name] ?? [];
  const widest = Math.max(0, ...rows.map(([command]) => command.length));
  const beside = rows.map(([command, why]) => `  ${command.padEnd(widest)}  ${why}`);
  const fits = beside.every(({ length }) => length <= room);
  const lines = fits ? beside : rows.map(([command, why]) => `  ${command}\n      ${why}`);
  return `\nExamples:\n${lines.join('\n')}\n`;
}

/** What each exit code means, of every command. */
export const exitCodes: readonly (readonly [code: ExitCode, meaning: string])[] = [
  [0, 'done, or nothing to change'],
  [1, 'it failed and nothing was written: the API, the network, a bug'],
  [2, 'there are changes (plan --detailed-exitcode) or drift, or it is not as required'],
  [3, 'bad input: configuration, options, credentials, a plan file'],
  [4, 'refused: a guard, a stale plan, any answer but yes'],
  [5, 'at least one write was sent, and not all is done and proven'],
  [130, 'interrupted'],
];

/** The exit codes and the environment, as they stand below the help of the program. */
export const exitCodesText = `
Exit codes:
${exitCodes.map(([code, meaning]) => `  ${String(code).padEnd(3)}  ${meaning}`).join('\n')}

Environment:
  TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET, or TESOURO_ACCESS_TOKEN, which
  wins; TESOURO_API_URL, TESOURO_TOKEN_URL, LEDGERFORM_ENV,
  LEDGERFORM_VAR_<NAME>, LEDGERFORM_RUN_URL (the log of the run, for comments),
  LEDGERFORM_PAGER and PAGER, NO_COLOR, CI.
`;
