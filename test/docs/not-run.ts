/** Pages of docs/ that are not played, and why. Every other one is. */
export const notPlayed: Readonly<Record<string, string>> = {
  'docs/api-assumptions.md': 'has nothing to run; test/emulator/assumptions.test.ts holds its rows',
  'docs/README.md': 'is the index, and has nothing to run; test/docs/links.test.ts holds it',
  'docs/architecture.md': 'has nothing to run; test/architecture.test.ts holds it',
  'docs/commands.md':
    'is generated from the catalog of commands; its examples are held by test/docs/named-commands.test.ts',
  'docs/comparison.md': 'has nothing to run; what it says of others is linked there',
  'docs/configuration.md':
    'is generated from the description of the language; test/docs/language-page.test.ts compares it with the schema',
  'docs/errors.md': 'test/load/errors-page.test.ts loads every input and repair of it',
  'docs/local.md':
    'its commands are servers on a fixed port; test/emulator/local-page.test.ts tries its seed and faults',
  'docs/reliability.md': 'has nothing to run; npm run reliability writes its figures',
  'docs/what-it-is.md': 'has nothing to run; the first hour does what it tells',
};

/** A fence that a page shows and that cannot be run here. */
export interface ShownAlone {
  readonly page: string;
  /** Its first line. */
  readonly begins: string;
  readonly why: string;
}

/** All of them. A page that marks another one, or no longer has one of these, is red. */
export const shownAlone: readonly ShownAlone[] = [
  {
    page: 'docs/assign.md',
    begins: 'ledgerform assign',
    why: 'asks in a terminal; test/commands/assign.test.ts and npm run test:ui answer',
  },
  {
    page: 'README.md',
    begins:
      'npm ci && npm run demo   # the main job, start to end, against the local environment inside the tool',
    why: 'npm ci needs the registry; .ci/run does both',
  },
  {
    page: 'README.md',
    begins:
      'npm run build && npm link     # puts `ledgerform` on the PATH; or write: node ../ledgerform/dist/cli.js',
    why: 'npm link changes the machine; the built command is on the PATH here',
  },
  {
    page: 'docs/first-hour.md',
    begins: 'export TESOURO_CLIENT_ID=...',
    why: 'real credentials are for the real service, which no test talks to',
  },
  {
    page: 'docs/outputs.md',
    begins: '- uses: github/codeql-action/upload-sarif@v4',
    why: 'is a step of GitHub that sends a file to it',
  },
  {
    page: 'docs/pull-requests.md',
    begins: 'npm ci && npm pack # writes ledgerform-0.1.0.tgz',
    why: 'npm ci needs the registry; test/workflows installs what npm pack writes',
  },
  {
    page: 'docs/pull-requests.md',
    begins: '- uses: ./.github/actions/ledgerform',
    why: 'is a step of a workflow; test/workflows runs the action that it uses',
  },
];
