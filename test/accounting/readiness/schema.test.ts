import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fullReadiness, poisonedReadiness } from './full-readiness.ts';
import { readinessOf } from './readiness-world.ts';

const schema: unknown = JSON.parse(readFileSync('schemas/readiness.v1.schema.json', 'utf8'));
const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
const validate = ajv.compile(typeof schema === 'object' && schema !== null ? schema : {});

const test = suite('the schema of readiness');

const rows = {
  'everything missing': fullReadiness,
  'nothing missing': readinessOf({}),
  'no connection': readinessOf({ connections: [] }),
  'one type': readinessOf({ types: ['payments'] }),
  'odd names': poisonedReadiness('\u202e<b>', '"\n'),
};

for (const [name, readiness] of Object.entries(rows))
  test(`fits ${name}`, () => {
    // What the account says is not what this is about.
    const document = { ...readiness, organization: { id: 'org', name: null } };
    assert.is(validate(document), true, JSON.stringify(validate.errors));
    const { ready: _, ...incomplete } = document;
    assert.is(validate(incomplete), false);
    assert.is(validate({ ...document, more: 1 }), false);
    assert.is(validate({ ...document, gaps: [{ code: 'X' }] }), false);
  });

test.run();
