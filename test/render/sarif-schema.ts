import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/*
 * What of SARIF 2.1.0 a report is made of, and nothing else: written after the specification (3.13 sarifLog, 3.14 run, 3.18
 * tool, 3.19 toolComponent, 3.49 reportingDescriptor, 3.20 invocation, 3.27 result, 3.28 location, 3.29 physicalLocation,
 * 3.4 artifactLocation, 3.30 region, 3.33 logicalLocation, 3.11 message). Every object is closed, as those of the published
 * schema are, and what code scanning needs beyond it (a place with a line for each result) must be there too.
 */
const closed = (properties: object, ...required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: object, least = 0) => ({ type: 'array', items, minItems: least });
const text = { type: 'string', minLength: 1 };
const message = closed({ text }, 'text');
const count = { type: 'integer', minimum: 1 };

const rule = closed(
  { id: text, shortDescription: message, fullDescription: message, help: message },
  'id',
  'shortDescription',
  'fullDescription',
  'help',
);
const artifactLocation = closed(
  { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: { const: '%SRCROOT%' } },
  'uri',
);
const location = closed(
  {
    physicalLocation: closed(
      { artifactLocation, region: closed({ startLine: count, startColumn: count }, 'startLine') },
      'artifactLocation',
      'region',
    ),
    logicalLocations: list(closed({ fullyQualifiedName: { type: 'string' } }, 'fullyQualifiedName'), 1),
  },
  'physicalLocation',
);
const result = closed(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    level: { enum: ['error', 'warning'] },
    message,
    locations: list(location, 1),
    properties: { type: 'object' },
  },
  'ruleId',
  'ruleIndex',
  'level',
  'message',
  'locations',
);
const run = closed(
  {
    tool: closed(
      {
        driver: closed(
          {
            name: { const: 'Ledgerform' },
            version: text,
            semanticVersion: text,
            rules: { ...list(rule), uniqueItems: true },
          },
          'name',
          'rules',
        ),
      },
      'driver',
    ),
    automationDetails: closed({ id: text }, 'id'),
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    originalUriBaseIds: closed({ '%SRCROOT%': closed({ description: message }) }),
    invocations: list(
      closed(
        { executionSuccessful: { type: 'boolean' }, exitCode: { type: 'integer' } },
        'executionSuccessful',
      ),
    ),
    results: list(result),
  },
  'tool',
  'results',
);
const log = closed(
  { $schema: { type: 'string', format: 'uri' }, version: { const: '2.1.0' }, runs: list(run, 1) },
  'version',
  'runs',
);

const ajv = new Ajv2020({ allErrors: true, strict: true });
addFormats.default(ajv);

/** Whether a value is such a log; its `errors` say why not. */
export const isSarif = ajv.compile(log);
