import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ImportedView, importedText } from '../../src/render/imported-text.ts';
import { paint } from '../../src/render/paint.ts';

const test = suite('what an import came to, in words');

const view: ImportedView = {
  ...{ sections: [], leftOut: [], differing: [], path: 'ledgerform.yaml', plan: 'ledgerform plan' },
  outcome: 'unchanged',
};
const told = { address: 'ledger_accounts.till', label: '0090 Cash', why: 'a plan would update it' };
const textOf = (more: Partial<ImportedView>): string => importedText({ ...view, ...more }, paint(false));

test('what is not as the file says is listed, and nothing promises an empty plan then', () => {
  for (const outcome of ['extended', 'unchanged'] as const) {
    const text = textOf({ outcome, differing: [told] });
    assert.match(text, /: 1\n {2}ledger_accounts\.till {2}0090 Cash\n {4}a plan would update it\n/);
    assert.not.match(text, /empty|all of it already/);
  }
  assert.match(textOf({ outcome: 'extended' }), 'empty');
});

test('of many the first are listed, and how many more there are', () => {
  const text = textOf({ leftOut: Array.from({ length: 1021 }, () => told) });
  assert.is(text.match(/ledger_accounts\.till/g)?.length, 20);
  assert.match(text, '1,001 more');
});

test.run();
