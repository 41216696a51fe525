import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { edit } from '../../../src/load/edit/edit.ts';
import type { Written, YamlEdit } from '../../../src/load/edit/edits.ts';
import { format } from '../../../src/load/format/format.ts';
import { configurations } from '../format/configurations.ts';

const test = suite('editing files in canonical form');

const set = (path: string, value: Written): YamlEdit => ({ type: 'set', path: path.split('.'), value });

const wishes: readonly YamlEdit[] = [
  set('environment', 'local'),
  set('organization.name', 'New name'),
  set('tax_rates.new', { name: 'New', code: 'N1' }),
  set('ledger_accounts.new', { name: 'New', nominal_code: '9999' }),
  set('ledger_accounts.account_0.id', '9d2b4c8f-2087-4738-ba91-7359683c49a4'),
  set('ledger_accounts.account_0.name', 'Anew'),
  set('ledger_accounts.account_0.description', 'over\ntwo lines'),
  set('removed.tax_rates', [{ code: 'OLD' }]),
  set('external.tax_rates.standard', { code: 'STD' }),
  set('settings.ledger_accounts.payments', 'new'),
  set('settings.tax_rates.deductions', 'new'),
  { type: 'insert', path: ['assignments', 'line_items'], at: 0, value: { rule: 'new', when: {} } },
  set('policy.prune', 'never'),
];

const formatted = (text: string): string | null => {
  const done = format({ path: 'a.yaml', text, modeline: null });
  return 'text' in done ? done.text : null;
};

test('what is written into a file in canonical form leaves it in that form', () => {
  // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, so nothing is promised
  fc.assert(
    fc.property(configurations, fc.subarray([...wishes], { minLength: 1 }), ({ text }, picked) => {
      const before = formatted(text) ?? '';
      const { refused, text: after } = edit(before, picked);
      assert.is(formatted(after), after, JSON.stringify(refused));
    }),
    { numRuns: 100 },
  );
});

test.run();
