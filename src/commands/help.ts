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
  connection: [
    ['ledgerform connection status', 'is an accounting system connected, and when was the last pull?'],
    ['ledgerform connection connect --wait', 'begin a connection, and wait for the person who authorises it'],
  ],
  'connection status': [
    ['ledgerform connection status', 'platform, status, last pull, errors, and what to do'],
    [
      'ledgerform connection status --require pulled --wait 600',
      'for scripts: exit 2 when it is not so after 10 minutes',
    ],
  ],
  'connection connect': [
    ['ledgerform connection connect', 'prints the page where a person authorises it'],
    ['ledgerform connection connect --wait', 'goes on when that is done and something was pulled'],
  ],
  'connection sync': [
    ['ledgerform connection sync --wait', 'pull now, and go on when it is done'],
    ['ledgerform connection sync', 'ask for a pull; it goes on over there'],
  ],
  'connection disconnect': [
    ['ledgerform connection disconnect', 'shows what will stop, and asks'],
    ['ledgerform connection disconnect --auto-approve', 'without a terminal'],
  ],
  records: [
    ['ledgerform records list --status error', 'what failed, and what usually helps'],
    ['ledgerform records retry --failed --wait', 'push it again, and report each'],
  ],
  'records list': [
    ['ledgerform records list', 'all of them, with totals of each type'],
    [
      'ledgerform records list --type bill --status error --updated-since 24h',
      'bills that failed since yesterday',
    ],
    [
      'ledgerform records list --object 6a3c1f0e-5b7d-4f2a-9c1e-2f8b7a6d5c4e --json',
      'what became of one bill or invoice',
    ],
    [
      'ledgerform records list --sort updated --order desc --format csv',
      'for a spreadsheet, the latest first',
    ],
  ],
  'records show': [
    [
      'ledgerform records show 0d9f4c1a-3b2e-4a5f-8c6d-7e8f9a0b1c2d',
      'each member, each error, and what usually helps',
    ],
  ],
  'records retry': [
    [
      'ledgerform records retry 0d9f4c1a-3b2e-4a5f-8c6d-7e8f9a0b1c2d --wait',
      'push one again, and wait for its outcome',
    ],
    ['ledgerform records retry --failed --type bill --wait 300', 'all bills that failed'],
  ],
  readiness: [
    ['ledgerform readiness', 'can everything be pushed? What is missing, and what mends it'],
    ['ledgerform readiness --type bills --show-all', 'bills alone, with every line that lacks something'],
    [
      'ledgerform readiness --max-age 15 --report junit=ready.xml',
      'for a pipeline: exit 2 when something blocks',
    ],
  ],
  documents: [
    ['ledgerform documents payables', 'the bills of the accounting system'],
    ['ledgerform documents diff', 'which of ours are missing there, and what differs'],
  ],
  'documents payables': [['ledgerform documents payables --match hetzner', 'list is what it does by itself']],
  'documents payables list': [
    ['ledgerform documents payables list --status open', 'bills that are not paid there'],
    ['ledgerform documents payables --format csv', 'all of them, for a spreadsheet'],
  ],
  'documents payables show': [
    ['ledgerform documents payables show 7b21', 'one of them, by its id over there, with its lines'],
  ],
  'documents receivables': [['ledgerform documents receivables', 'list is what it does by itself']],
  'documents receivables list': [
    ['ledgerform documents receivables list --match INV-', 'invoices with this text in a column'],
  ],
  'documents receivables show': [
    ['ledgerform documents receivables show 9c40 --json', 'one of them, for another program'],
  ],
  'documents diff': [
    [
      'ledgerform documents diff',
      'payables and invoices against the accounting system; exit 2 when something differs',
    ],
    [
      'ledgerform documents diff --type payables --no-lines',
      'bills alone, without the accounts of their lines',
    ],
    ['ledgerform documents diff --only missing --only failed', 'what did not get there: for a cron job'],
  ],
  assign: [
    ['ledgerform assign', 'a question for each group of products and lines without an account'],
    ['ledgerform assign --type line_items', 'only lines of payables'],
    ['ledgerform assign --suggest', 'the questions with suggestions and reasons, without asking'],
    ['ledgerform assign --suggest --min-score 0.6 --json', 'for programs: only what much speaks for'],
  ],
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

/** The examples of one command, as they stand below its help. */
export function examplesText(name: string): string {
  const rows = examples[name] ?? [];
  const columns = Math.max(0, ...rows.map(([command]) => command.length));
  return `\nExamples:\n${rows.map(([command, why]) => `  ${command.padEnd(columns)}  ${why}`).join('\n')}\n`;
}

/** What every command's exit code means. */
export const exitCodesText = `
Exit codes:
  0    done, or nothing to change
  1    it failed and nothing was written: the API, the network, a bug
  2    there are changes (plan --detailed-exitcode) or drift, or it is not as required
  3    bad input: configuration, options, credentials, a plan file
  4    refused: a guard, a stale plan, any answer but yes
  5    at least one write was sent, and not all is done and proven
  130  interrupted

Environment: TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET (or TESOURO_ACCESS_TOKEN, which wins),
TESOURO_API_URL, TESOURO_TOKEN_URL, LEDGERFORM_ENV, LEDGERFORM_VAR_<NAME>, LEDGERFORM_RUN_URL (the log of
the run, for comments), NO_COLOR, CI.
`;
