import type { AnySchemaObject } from 'ajv';
import type { CollectionKind, Kinds } from '../../src/model/kind.ts';
import { assignments } from './assignments.ts';
import { externals, reference, removals, section } from './collections.ts';
import { choice, closed, count, formed, id, listFrom, type Stage, stop, text } from './leaves.ts';

const environments = {
  local: 'A made-up organization on this machine: no account and no network.',
  sandbox: 'Tesouro’s sandbox.',
  production: 'The real books.',
};

const prunings = {
  never: 'Nothing is deleted because it is not named.',
  removed: 'What a key of the base revision declared, and none does now, is deleted.',
  all: 'Every internal object that no key finds is deleted.',
};

/** What belongs to an organization; with `extends` another file may say it. */
const complete: AnySchemaObject = {
  if: { type: 'object', required: ['organization'], properties: { extends: false } },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: {
    properties: { organization: { required: ['id'], doNotSuggest: true } },
    allOf: [{ required: ['version'], errorMessage: 'Add `version: 1` at the top.' }],
  },
};

/** The whole language of the configuration file as a JSON Schema: the kinds' data and the fixed rest. */
export const language = (stage: Stage, kinds: Kinds): AnySchemaObject => ({
  ...(stage === 'editor' ? complete : {}),
  ...closed(
    {
      version: {
        const: 1,
        description: 'The version of this language. Always 1.',
        examples: [1],
      },
      organization: organization(stage),
      environment: choice(stage, environments, {
        description:
          'Where the organization lives. `local` (what it is when left out) needs no account and no network: everything happens inside Ledgerform.',
        examples: ['sandbox'],
      }),
      extends: {
        ...listFrom(
          stage,
          text(4096, {
            description: 'A file to build on, relative to this file.',
            examples: ['../charts/uk-base.yaml'],
          }),
          {
            description:
              'Files to build on, in order. Mappings merge key by key and later wins: the second file over the first, this file over both. `null` in place of an entry drops the inherited one.',
            examples: [['../charts/uk-base.yaml']],
          },
          { 'a file to build on': `- ${stop(1, '../charts/uk-base.yaml')}` },
        ),
        maxItems: 100,
      },
      ...Object.fromEntries(ratesFirst(kinds).map((kind) => [kind.collection, section(stage, kind)])),
      removed: perKind(kinds, (kind) => removals(stage, kind), {
        description:
          'Internal objects that must not exist. What is already gone is fine; the guards against deleting apply.',
        examples: [{ ledger_accounts: [{ nominal_code: '1180' }] }],
      }),
      external: perKind(kinds, (kind) => externals(stage, kind), {
        description:
          'Objects pulled from the accounting system (Xero, QuickBooks): they are looked up and never changed.',
        examples: [{ ledger_accounts: { bank_fees: { nominal_code: '404' } } }],
      }),
      settings: settings(stage, kinds),
      assignments: assignments(stage, kinds),
      policy: policy(stage),
    },
    {
      description:
        'The tax rates, ledger accounts and settings that an organization must have in Tesouro FinOps.',
      examples: [
        { version: 1, organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4' }, environment: 'sandbox' },
      ],
    },
  ),
});

/** A chart is long and a list of rates short: that stands above. */
const ratesFirst = ({ collections }: Kinds): readonly CollectionKind[] =>
  [...collections].sort((a, b) => Number(b.rate !== undefined) - Number(a.rate !== undefined));

const organization = (stage: Stage): AnySchemaObject =>
  closed(
    {
      id: id(stage, {
        description: 'The organization’s id in Tesouro FinOps, a UUID. It is sent with every request.',
        examples: ['9d2b4c8f-2087-4738-ba91-7359683c49a4'],
      }),
      name: text(500, {
        description: 'What people call the organization. A label for outputs only; it is never sent.',
        examples: ['Acme GmbH'],
      }),
    },
    {
      description: 'Whose books this file describes. A file without it can only be extended by others.',
      examples: [{ id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' }],
    },
  );

const perKind = (
  kinds: Kinds,
  part: (kind: CollectionKind) => AnySchemaObject,
  words: { description: string; examples: readonly unknown[] },
): AnySchemaObject =>
  closed(Object.fromEntries(kinds.collections.map((kind) => [kind.collection, part(kind)])), words);

function settings(stage: Stage, kinds: Kinds): AnySchemaObject {
  const groups: Record<string, Record<string, AnySchemaObject>> = {};
  const examples: Record<string, Record<string, string>> = {};
  for (const slot of kinds.settings) {
    const [, group = '', name = ''] = slot.address.split('.');
    const kind = kinds.collections.find((each) => each.collection === slot.collection);
    if (!kind)
      throw new Error(`No kind has the section ${slot.collection}, which ${slot.address} refers to.`);
    const description = `${slot.description} A key of ${slot.collection} or external.${slot.collection}, or a look-up in place.`;
    const words = {
      description,
      examples: [slot.example],
    };
    groups[group] = { ...groups[group], [name]: reference(stage, kind, words, true) };
    examples[group] = { ...examples[group], [name]: slot.example };
  }
  const parts = Object.entries(groups).map(([group, slots]) => {
    const description = `The organization’s accounting settings that point to ${group.replace('_', ' ')}. One that is left out is not managed.`;
    return [group, closed(slots, { description, examples: [examples[group]] })] as const;
  });
  return closed(Object.fromEntries(parts), {
    description:
      'The organization’s accounting settings. One that is left out is not managed; `null` clears it.',
    examples: [examples],
  });
}

const policy = (stage: Stage): AnySchemaObject =>
  closed(
    {
      prune: {
        ...choice(stage, prunings, {
          description:
            'What happens to live objects that no key of this file finds, in kinds that have a section here. `never`: nothing. `removed`: what a key of the base revision declared is deleted. `all`: every internal one is deleted.',
          examples: ['removed'],
        }),
        default: 'never',
      },
      max_deletes: count(10, {
        description: 'A plan with more deletes than this is refused (`--allow-deletes` lets it pass once).',
        examples: [10],
      }),
      max_overwrites: count(100, {
        description:
          'A plan in which rules replace more existing assignments than this is refused (`--allow-overwrites` lets it pass once).',
        examples: [100],
      }),
      protect: listFrom(
        stage,
        formed(stage, '[a-z_]+[.\\[].+', {
          description: 'The address of an object that is never deleted: its section, a point, its key.',
          examples: ['ledger_accounts.cash_clearing'],
          errorMessage:
            'Write an address: a section, a point and a key, such as ledger_accounts.cash_clearing.',
        }),
        {
          description: 'Objects that are never deleted. With layers, the lists of all files together.',
          examples: [['ledger_accounts.cash_clearing']],
        },
        { 'an object to protect': `- ${stop(1, 'ledger_accounts.cash_clearing')}` },
      ),
    },
    { description: 'Limits that a plan must keep.', examples: [{ prune: 'removed', max_deletes: 10 }] },
  );
