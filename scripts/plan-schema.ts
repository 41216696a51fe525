import type { AnySchemaObject } from 'ajv';
import { problemCodes } from '../src/model/problem-codes.ts';
import { kindsOnDisk } from './kind-folders.ts';
import { closed, count, countOrNull, list, text, textOrNull } from './plan-shapes.ts';
import { ruleSchema } from './rule-schema.ts';

const kindNames = (await kindsOnDisk()).collections.map(({ name }) => name);

const address = text(
  'The one name of a thing in files, plans and messages.',
  'ledger_accounts.cash_clearing',
);

const fields = (description: string): AnySchemaObject => ({
  type: ['object', 'null'],
  propertyNames: { pattern: '^[a-z][a-z_]*$' },
  additionalProperties: { type: ['string', 'null'] },
  description,
  examples: [{ name: 'Cash clearing', nominal_code: '1090' }],
});

const position = (description: string): AnySchemaObject => ({
  type: ['integer', 'null'],
  minimum: 1,
  description,
  examples: [12],
});

const problem = closed(
  'Something to know, or something that forbids the plan.',
  {
    code: { enum: [...problemCodes], description: 'What kind of problem it is.', examples: ['IN_USE'] },
    severity: {
      enum: ['error', 'warning'],
      description: '`error` in a plan: a guard refuses it.',
      examples: ['warning'],
    },
    message: text('What is wrong, in one sentence.', '1180 Old account would be deleted but is still used.'),
    file: textOrNull('The file that it concerns, relative to the repository.', 'ledgerform.yaml'),
    line: position('The line, counted from 1.'),
    column: position('The column, counted from 1.'),
    address: { ...address, type: ['string', 'null'] },
    hint: textOrNull('What to do about it.', 'Assign those to another one first.'),
    uses: list(
      closed('One user of an object that may not be deleted.', {
        by: {
          enum: ['product', 'invoice', 'line_item', 'setting'],
          description: 'What uses it.',
          examples: ['product'],
        },
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

const source = {
  ...closed('Where in the files the change comes from; null for a pruned object.', {
    file: text('Relative to the repository.', 'ledgerform.yaml'),
    line: { ...position('Counted from 1.'), type: 'integer' },
    column: { ...position('Counted from 1.'), type: 'integer' },
    rule: textOrNull('The name of the rule that made it.', 'consulting'),
  }),
  type: ['object', 'null'],
};

const change = closed('One difference and the one write that ends it.', {
  address,
  kind: {
    enum: [...kindNames, 'setting', 'product_assignment', 'line_item_assignment'],
    description: 'What is changed.',
    examples: ['ledger_account'],
  },
  action: {
    enum: ['create', 'update', 'delete', 'assign', 'unassign', 'set'],
    description: 'What is done.',
    examples: ['update'],
  },
  reason: {
    enum: ['config', 'drift', 'conflict', 'prune', 'rule'],
    description: 'Why it is done.',
    examples: ['config'],
  },
  label: text('What a controller calls it.', '4010 Consulting income'),
  id: textOrNull(
    'The live object; null for a create, the organization for a setting.',
    '1f0c3a52-6b5e-4f3e-9a3d-2f1f5b1c7d10',
  ),
  before: fields('The managed fields as they are, in the file’s language; null for a create.'),
  after: fields('The managed fields as they shall be; null for a delete.'),
  source,
  depends_on: list(address, 'Changes of this plan that must be done first.'),
  warnings: list(problem, 'What to know of this change before approving it.'),
});

const reference = closed('A live object that a change mentions.', {
  id: text('Its id.', '1f0c3a52-6b5e-4f3e-9a3d-2f1f5b1c7d10'),
  code: textOrNull('Its code.', '4010'),
  name: textOrNull('Its name.', 'Consulting income'),
  external: {
    type: ['boolean', 'null'],
    description: 'Whether the accounting system owns it; null when nothing was found for the id.',
    examples: [false],
  },
});

const organization = closed('Whose books these are.', {
  id: {
    ...text('The organization’s id.', '9d2b4c8f-2087-4738-ba91-7359683c49a4'),
    // It becomes a header and a part of a path.
    pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$',
  },
  name: textOrNull('A label.', 'Acme GmbH'),
});

const config = closed(
  'What was planned from.',
  {
    path: text('The configuration file, relative to the repository.', 'ledgerform.yaml'),
    sha256: {
      ...text('Its fingerprint and that of what it extends.', 'a'.repeat(64)),
      pattern: '^[0-9a-f]{64}$',
    },
    git_commit: textOrNull('The commit that it was read from.', '5b315f3c0d2e4a7b9c1d3e5f7a9b1c3d5e7f9a1b'),
    base: textOrNull('The base revision.', 'applied'),
    allowed: closed('What may pass the guards in this plan.', {
      in_use: list(address, 'May be deleted although something uses them.'),
      deletes: countOrNull('So many deletes.'),
      overwrites: countOrNull('So many overwritten assignments.'),
      dirty: {
        type: 'boolean',
        description: 'An uncommitted configuration in production.',
        examples: [false],
      },
    }),
    targets: list(address, 'Only in a plan that `--target` limited.'),
  },
  ['targets'],
);

/** The JSON Schema of a saved plan. */
export const planSchema: AnySchemaObject = {
  $comment: 'generated by scripts/generate.ts from scripts/plan-schema.ts; do not edit',
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:ledgerform:plan:v1',
  title: 'Ledgerform plan',
  ...closed('A plan as `ledgerform plan --json` prints and `--out` saves it.', {
    format_version: { const: '1', description: 'The version of this format.', examples: ['1'] },
    ledgerform_version: text('The Ledgerform that made the plan.', '1.0.0'),
    created_at: { ...text('When, in UTC.', '2026-01-31T12:00:00.000Z'), format: 'date-time' },
    organization,
    environment: {
      enum: ['local', 'sandbox', 'production'],
      description: 'Where it applies.',
      examples: ['sandbox'],
    },
    api_url: text(
      'The API that was read; `local` for the local environment.',
      'https://api.sandbox.tesouro.com/v1',
    ),
    config,
    summary: closed('How many changes there are.', {
      create: count('Objects to create.'),
      update: count('Objects to update.'),
      delete: count('Objects to delete.'),
      assign: count('Assignments to make.'),
      unassign: count('Assignments to clear.'),
      set: count('Settings to change.'),
      drift: count('Changes that undo what somebody did behind the configuration.'),
    }),
    changes: list(change, 'In the order in which they are carried out.'),
    unmanaged: list(
      closed('An internal object that nothing declares.', {
        address,
        id: text('Its id.', '1f0c3a52-6b5e-4f3e-9a3d-2f1f5b1c7d10'),
        code: textOrNull('Its code.', '4010'),
        name: textOrNull('Its name.', 'Consulting income'),
      }),
      'Listed, never touched.',
    ),
    warnings: list(problem, 'What concerns the plan as a whole, and what guards refuse.'),
    observed: closed(
      'What was read for the plan.',
      {
        at: { ...text('When, in UTC.', '2026-01-31T12:00:00.000Z'), format: 'date-time' },
        requests: count('Requests sent.'),
        references: {
          type: 'object',
          additionalProperties: reference,
          description:
            'Every live object behind an address that a change mentions; what is not there is created by the plan.',
          examples: [{}],
        },
        rules: {
          type: 'object',
          additionalProperties: ruleSchema,
          description:
            'The rules behind the changes with the reason `rule`, by `file:line:column` of the change’s source; absent without such changes.',
          examples: [{ 'ledgerform.yaml:52:7': { type: ['service'], name: ['Consult*'] } }],
        },
      },
      ['rules'],
    ),
    digest: {
      ...text('SHA-256 over everything else in canonical JSON.', `sha256:${'a'.repeat(64)}`),
      pattern: '^sha256:[0-9a-f]{64}$',
    },
  }),
};
