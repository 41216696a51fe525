import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { revise } from '../../src/apply/revise.ts';
import type { Live } from '../../src/model/live.ts';
import { storedObjects } from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { type Declaration, declare, organizationWith, planFor } from './world.ts';

const test = suite('an object that became external after the plan');

const cash = { name: 'Cash', nominal_code: '1000' };

for (const [what, file] of [
  ['is not updated', { ledger_accounts: { cash: { ...cash, description: 'In hand' } } }],
  ['is not deleted', { ledger_accounts: {}, prune: 'all' }],
] satisfies readonly (readonly [string, Declaration])[])
  test(what, async () => {
    const organization = organizationWith({ ledger_accounts: [cash] });
    const plan = await planFor(declare(file), organization);
    const collections: Live['collections'] = new Map(
      kinds.collections.map(({ collection }) => {
        const objects = [...storedObjects(organization, collection).values()];
        return [collection, { scope: 'all', objects: objects.map((each) => ({ ...each, external: true })) }];
      }),
    );
    const { verdicts } = revise(plan, { collections, settings: organization.settings }, kinds);
    assert.equal(
      verdicts.map(({ status, problem }) => [status, problem?.code]),
      [['stale', 'STALE']],
    );
  });

test.run();
