import type { AnySchemaObject } from 'ajv';

const text = (description: string, example: string): AnySchemaObject => ({
  type: 'string',
  description,
  examples: [example],
});

const textOrNull = (description: string, example: string): AnySchemaObject => ({
  ...text(description, example),
  type: ['string', 'null'],
});

const count = (description: string): AnySchemaObject => ({
  type: 'integer',
  minimum: 0,
  description,
  examples: [3],
});

const position = (description: string): AnySchemaObject => ({
  type: ['integer', 'null'],
  minimum: 1,
  description,
  examples: [12],
});

const oneOf = (values: readonly (string | number | boolean)[], description: string): AnySchemaObject => ({
  enum: [...values],
  description,
  examples: [values[0]],
});

const list = (items: AnySchemaObject, description: string): AnySchemaObject => ({
  type: 'array',
  items,
  description,
});

/** A closed object whose members are all required, but for the optional ones. */
const closed = (
  description: string,
  properties: Readonly<Record<string, AnySchemaObject>>,
  optional: readonly string[] = [],
): AnySchemaObject => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  description,
});

const aProblem = { $ref: '#/$defs/problem' };

const problem = closed(
  'Something that is wrong, and what to do about it.',
  {
    code: {
      ...text('What kind of problem it is; docs/errors.md has them all.', 'VALUE_NOT_STORED'),
      pattern: '^[A-Z][A-Z_]*$',
      $comment: 'A later version adds codes, so they are not listed here.',
    },
    severity: oneOf(['error', 'warning'], 'Whether it stands in the way.'),
    message: text(
      'What is wrong, in one sentence.',
      'Reduced tax: effective_tax_rate was sent as "7.5%" and is stored as "0%"',
    ),
    file: textOrNull('The file that it concerns, relative to the repository.', 'ledgerform.yaml'),
    line: position('The line, counted from 1.'),
    column: position('The column, counted from 1.'),
    address: textOrNull('What it concerns.', 'tax_rates.reduced'),
    hint: textOrNull('What to do about it.', 'Leave effective_tax_rate out so that it is not managed.'),
    uses: list(
      closed('One user of an object that may not be deleted.', {
        by: oneOf(['product', 'invoice', 'line_item', 'setting'], 'What uses it.'),
        id: text(
          'The id of the user; for a line its payable’s, for a setting its address.',
          'settings.ledger_accounts.payments',
        ),
        label: text('What the user is called.', 'INV-2044 / Hosting'),
      }),
      'With IN_USE: everything that still uses the object.',
    ),
  },
  ['uses'],
);

const outcome = closed('What became of one change.', {
  address: text('The address of the change.', 'ledger_accounts.cash_clearing'),
  action: oneOf(['create', 'update', 'delete', 'assign', 'unassign', 'set'], 'What was to be done.'),
  status: oneOf(
    ['applied', 'already_done', 'overtaken', 'skipped', 'failed', 'unknown'],
    '`applied`: done by this run. `already_done`: live was as wanted before. `overtaken`: somebody filled the gap meanwhile. `skipped`: not sent. `failed`: refused, or stored otherwise. `unknown`: sent, and nobody can say whether it was carried out.',
  ),
  id: textOrNull(
    'The live object, the organization for a setting; null where there is none.',
    '1f0c3a52-6b5e-4f3e-9a3d-2f1f5b1c7d10',
  ),
  error: { anyOf: [aProblem, { type: 'null' }], description: 'Why it was not done; null when it was.' },
});

const report = closed('What an apply did.', {
  format_version: { const: '1', description: 'The version of this format.', examples: ['1'] },
  outcome: oneOf(
    ['applied', 'nothing', 'partial', 'refused'],
    '`applied`: all is done and proven. `nothing`: there was nothing to do. `partial`: not all is done and proven. `refused`: nothing was written, because it must not be.',
  ),
  summary: closed('How many changes came to what.', {
    applied: count('Done by this run.'),
    failed: count('Failed, those included of which nobody knows.'),
    skipped: count('Not sent.'),
    already_done: count('Live was as wanted before.'),
    overtaken: count('Somebody filled the gap meanwhile.'),
  }),
  outcomes: list({ $ref: '#/$defs/outcome' }, 'One for each change, in the plan’s order.'),
  problems: list(
    aProblem,
    'What is wrong beyond the outcomes: what ended the run early, and what the end check found not to be as planned.',
  ),
  converged: oneOf([true, false], 'The end check found everything as planned.'),
  requests: count('Requests of the whole run, token included.'),
  writes: count('Writes that reached the service, or may have; repetitions of one are one.'),
  run: textOrNull(
    'The id of the run record; null when nothing was to be written.',
    '20260131T120000Z-3fa9c1',
  ),
});

const failure = closed('What stopped a run before it came to a report.', {
  ok: { const: false, description: 'Always false.', examples: [false] },
  exit_code: oneOf([1, 3, 4, 5, 130], 'The exit code of the run.'),
  problems: list(aProblem, 'What stopped it.'),
});

/** The JSON Schema of what `apply --json` prints. */
export const applySchema: AnySchemaObject = {
  $comment: 'generated by scripts/generate.ts from scripts/apply-schema.ts; do not edit',
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:ledgerform:apply:v1',
  title: 'Ledgerform apply report',
  description: 'What `ledgerform apply --json` prints.',
  oneOf: [{ $ref: '#/$defs/report' }, { $ref: '#/$defs/failure' }],
  $defs: { report, failure, outcome, problem },
};
