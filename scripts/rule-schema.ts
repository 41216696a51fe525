import type { AnySchemaObject } from 'ajv';
import { closed, list, text } from './plan-shapes.ts';

const values = (description: string, ...examples: readonly string[]): AnySchemaObject => ({
  ...list({ type: 'string' }, description),
  examples: [examples],
});

const created = closed(
  'When the payable was created; both ends belong to it.',
  {
    from: text('A day or an instant.', '2026-01-01'),
    to: text('A day or an instant.', '2026-03-31'),
  },
  ['from', 'to'],
);

/** The conditions of a rule as a plan remembers them. */
export const ruleSchema: AnySchemaObject = {
  ...closed(
    'The conditions of a rule: all must hold, and of a list any value. Those of products stand at the top, those of lines under `payable` and `line_item`.',
    {
      type: values('The type of the product.', 'service'),
      name: values('The name of the product.', 'Consult*'),
      external_reference: values('The external reference of the product.', 'SKU-*'),
      currency: values('The currency of the product’s price.', 'EUR'),
      payable: closed(
        'Conditions on the payable.',
        {
          status: values('Its status.', 'draft', 'new'),
          document_id: values('Its document number.', 'INV-*'),
          counterpart_name: values('The name of its counterpart.', 'Amazon*'),
          counterpart_id: values('The id of its counterpart.', '7d3a9bb1-8f0a-4d7d-9f4d-7e3bb0d6a8c9'),
          currency: values('Its currency.', 'EUR'),
          created_at: created,
        },
        ['document_id', 'counterpart_name', 'counterpart_id', 'currency', 'created_at'],
      ),
      line_item: closed(
        'Conditions on the line.',
        {
          name: values('Its name.', 'Hosting*'),
          description: values('Its description.', '*March*'),
        },
        ['name', 'description'],
      ),
    },
    ['type', 'name', 'external_reference', 'currency', 'payable', 'line_item'],
  ),
  // A line rule has both of them, a product rule neither.
  dependentRequired: { payable: ['line_item'], line_item: ['payable'] },
};
