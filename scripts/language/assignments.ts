import type { AnySchemaObject } from 'ajv';
import type { CollectionKind, Kinds } from '../../src/model/kind.ts';
import { reference } from './collections.ts';
import { eitherOr } from './either-or.ts';
import { closed, exactlyOne, formed, id, listFrom, type Stage, stop, text, type Words } from './leaves.ts';

const statuses =
  'draft new approve_in_progress waiting_to_be_paid partially_paid paid canceled rejected'.split(' ');
const pattern =
  'The whole text must match; `*` stands for any text, upper and lower case are alike. A list means any of its values.';

const words = (description: string, ...examples: readonly unknown[]): Words => ({ description, examples });

/** One value or several of which any will do. The check branches by type, so that it complains of the value and not of the branches. */
const oneOrSeveral = (stage: Stage, leaf: AnySchemaObject): AnySchemaObject => {
  const { description, examples, ...form } = leaf;
  const several = { items: form, minItems: 1 };
  const told = { description, examples };
  if (stage === 'editor') return { anyOf: [form, { type: 'array', ...several }], ...told };
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  return { type: ['string', 'array'], if: { type: 'string' }, then: form, ...several, ...told };
};

const like = (stage: Stage, what: string, ...examples: readonly unknown[]): AnySchemaObject =>
  oneOrSeveral(stage, text(500, words(`Matches ${what}. ${pattern}`, ...examples)));

const currency = (stage: Stage, description: string): AnySchemaObject => {
  const errorMessage = 'A currency has three letters, such as EUR.';
  return oneOrSeveral(
    stage,
    formed(stage, '[A-Za-z]{3}', { ...words(description, 'EUR', ['EUR', 'GBP']), errorMessage }),
  );
};

function product(stage: Stage): AnySchemaObject {
  const properties = {
    id: id(stage, words('The product with this id.', '5a0f0c52-5a43-4a35-8e0e-6f4f5b1f9d02')),
    external_reference: text(255, words('The product with exactly this external reference.', 'SKU-100')),
    name: text(100, words('The product with exactly this name.', 'Consulting hour')),
  };
  return exactlyOne(
    stage,
    properties,
    words('Exactly one product, named by one of these; none or several is an error.', {
      external_reference: 'SKU-100',
    }),
  );
}

function productConditions(stage: Stage): AnySchemaObject {
  const type = {
    type: 'string',
    enum: ['product', 'service'],
    ...words('The type of the product.', 'service'),
  };
  const properties = {
    type: oneOrSeveral(stage, type),
    name: like(stage, 'the name of the product', 'Consult*'),
    external_reference: like(stage, 'the external reference of the product', 'SKU-*', ['SKU-1*', 'SKU-2*']),
    currency: currency(stage, 'The currency of the product’s price, as three letters.'),
  };
  const told = words('Conditions that must all hold. `{}` matches every product.', {
    type: 'service',
    name: 'Consult*',
  });
  return closed(properties, told);
}

function payable(stage: Stage): AnySchemaObject {
  const properties = {
    id: id(stage, words('The payable with this id.', '0b8e3c5d-2a6a-4f0e-8a39-3d1c2f7b5e44')),
    document_id: text(255, words('The payable with exactly this document number.', 'INV-2044')),
    counterpart_id: id(
      stage,
      words('The only payable of the counterpart with this id.', '7d3a9bb1-8f0a-4d7d-9f4d-7e3bb0d6a8c9'),
    ),
    counterpart_name: text(
      500,
      words('The only payable of the counterpart with exactly this name.', 'Hetzner'),
    ),
  };
  return exactlyOne(
    stage,
    properties,
    words('Exactly one payable, named by one of these; none or several is an error.', {
      document_id: 'INV-2044',
    }),
  );
}

function lineItem(stage: Stage): AnySchemaObject {
  const properties = {
    id: id(stage, words('The line with this id.', 'b54bd0a5-6b0c-4ec0-9a0c-1f1ad1a7e7f3')),
    name: text(500, words('The line with exactly this name.', 'Hosting')),
    description: text(2048, words('The line with exactly this description.', 'Hosting in March')),
  };
  return exactlyOne(
    stage,
    properties,
    words('Exactly one line of that payable, named by one of these.', { name: 'Hosting' }),
  );
}

function lineConditions(stage: Stage): AnySchemaObject {
  const clock = '(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:\\d{2})?)?';
  const day = (description: string) =>
    formed(stage, `\\d{4}-\\d{2}-\\d{2}${clock}`, {
      ...words(description, '2026-01-01', '2026-01-01T12:00:00Z'),
      errorMessage: 'Write a date, such as 2026-01-31.',
    });
  const created = closed(
    { from: day('On this day (in UTC) or later.'), to: day('Before the end of this day (in UTC).') },
    words('When the payable was created: both ends belong to it, and one may be left out.', {
      from: '2026-01-01',
      to: '2026-03-31',
    }),
  );
  const status = {
    type: 'string',
    enum: statuses,
    ...words('The status of the payable.', 'draft', ['draft', 'new']),
  };
  const payables = closed(
    {
      status: oneOrSeveral(stage, status),
      document_id: like(stage, 'the document number of the payable', 'INV-*'),
      counterpart_name: like(stage, 'the name of the counterpart', 'Amazon*'),
      counterpart_id: oneOrSeveral(
        stage,
        id(stage, words('The id of the counterpart.', '7d3a9bb1-8f0a-4d7d-9f4d-7e3bb0d6a8c9')),
      ),
      currency: currency(stage, 'The currency of the payable, as three letters.'),
      created_at: created,
    },
    words('Conditions on the payable. Without `status` only payables that are draft or new.', {
      status: ['draft', 'new'],
      counterpart_name: 'Amazon*',
    }),
  );
  const lines = closed(
    {
      name: like(stage, 'the name of the line', '*'),
      description: like(stage, 'the description of the line', 'Hosting*'),
    },
    words('Conditions on the line.', { name: '*' }),
  );
  const told = words(
    'Conditions that must all hold. `{}` matches every line of payables that are draft or new.',
    {
      payable: { counterpart_name: 'Amazon*' },
      line_item: { name: '*' },
    },
  );
  return closed({ payable: payables, line_item: lines }, told);
}

const ruleName = text(
  100,
  words('A name for the rule, unique in its list; reasons and groups in plans show it.', 'consulting'),
);

const overwrite: AnySchemaObject = {
  type: 'boolean',
  default: false,
  ...words(
    '`true`: the rule replaces a different assignment too. Without it a rule only fills gaps: where nothing is assigned, what no longer exists, or what this plan deletes.',
    true,
  ),
};

/** The section `assignments`: which account products and payable lines are booked on. */
export function assignments(stage: Stage, kinds: Kinds): AnySchemaObject {
  const account = target(stage, kinds, 'ledger_accounts', 'consulting_income');
  const rate = target(stage, kinds, 'tax_rates', 'reduced');
  const products = closed(
    {
      rule: ruleName,
      product: product(stage),
      when: productConditions(stage),
      ledger_account: account,
      overwrite,
    },
    words(
      'One product, or a rule for any number of them.',
      { product: { external_reference: 'SKU-100' }, ledger_account: 'consulting_income' },
      {
        rule: 'consulting',
        when: { type: 'service', name: 'Consult*' },
        ledger_account: 'consulting_income',
      },
    ),
  );
  const lines = closed(
    {
      rule: ruleName,
      payable: payable(stage),
      line_item: lineItem(stage),
      when: lineConditions(stage),
      ledger_account: account,
      tax_rate: rate,
      overwrite,
    },
    words(
      'One line of one payable, or a rule for any number of lines.',
      {
        payable: { document_id: 'INV-2044' },
        line_item: { name: 'Hosting' },
        ledger_account: 'hosting_costs',
      },
      {
        rule: 'amazon',
        when: { payable: { counterpart_name: 'Amazon*' } },
        ledger_account: 'office_supplies',
        tax_rate: 'reduced',
        overwrite: true,
      },
    ),
  );
  const order =
    'An item that names one thing beats every rule and always enforces what it says; among rules the first that matches wins. A rule fills what is not assigned yet, and replaces something else only with `overwrite`.';
  return closed(
    {
      products: listFrom(
        stage,
        eitherOr(stage, products, ['product'], ['ledger_account']),
        words(`Ledger accounts of products. ${order}`, products.examples),
        {
          'a rule': `- rule: ${stop(1, 'consulting')}\n  when:\n    type: ${stop(2, 'service')}\n  ledger_account: ${stop(3, 'consulting_income')}`,
          'one product': `- product:\n    external_reference: "${stop(1, 'SKU-100')}"\n  ledger_account: ${stop(2, 'consulting_income')}`,
        },
      ),
      line_items: listFrom(
        stage,
        eitherOr(stage, lines, ['payable', 'line_item'], ['ledger_account', 'tax_rate']),
        words(`Ledger accounts and tax rates of payable lines. ${order}`, lines.examples),
        {
          'a rule': `- rule: ${stop(1, 'amazon')}\n  when:\n    payable:\n      counterpart_name: "${stop(2, 'Amazon*')}"\n  ledger_account: ${stop(3, 'office_supplies')}`,
          'one line': `- payable:\n    document_id: "${stop(1, 'INV-2044')}"\n  line_item:\n    name: "${stop(2, 'Hosting')}"\n  ledger_account: ${stop(3, 'hosting_costs')}`,
        },
      ),
    },
    words(
      'Which ledger account products and payable lines are booked on, and the tax rate of lines. What is not named here stays as it is.',
      { products: products.examples, line_items: lines.examples },
    ),
  );
}

function target(stage: Stage, kinds: Kinds, collection: string, example: string): AnySchemaObject {
  const kind = kinds.collections.find((each): each is CollectionKind => each.collection === collection);
  if (!kind) throw new Error(`No kind has the section ${collection}.`);
  const description = `The ${kind.noun.one}: a key of ${collection} or external.${collection}, or a look-up in place. \`null\`, in an item that names one thing, unassigns it.`;
  return reference(stage, kind, words(description, example), true);
}
