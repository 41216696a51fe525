/** Examples of the commands of the accounting side, by command. */
export const accountingExamples: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
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
};
