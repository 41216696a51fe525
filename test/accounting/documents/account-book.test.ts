import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accountBook } from '../../../src/accounting/documents/account-book.ts';
import { accountKind } from '../../../src/accounting/needed-kinds.ts';
import type { LiveObject } from '../../../src/model/live.ts';
import { external, internal, kinds } from '../../plan/build.ts';

const test = suite('documents: accounts');
const book = (...objects: readonly LiveObject[]) => accountBook(accountKind(kinds), objects);
const account = (nominal_code: string | null, name: string) => ({ nominal_code, name });

test('an internal account stands for the external one with its code, which must be the only one', () => {
  const ours = internal('i', account('4010', 'Ours'));
  assert.is(book(ours, external('e', account(' 4010 ', 'Theirs'))).standsFor('i'), 'e');
  const twice = [external('e', account('4010', 'A')), external('f', account('4010', 'B'))];
  assert.is(book(ours, ...twice).standsFor('i'), 'i');
  assert.is(book(ours, external('e', account('4020', 'Ours'))).standsFor('i'), 'i');
});

test('an internal account without a code stands for the external one with its name', () => {
  assert.is(
    book(internal('i', account(null, 'Fees')), external('e', account('404', 'Fees'))).standsFor('i'),
    'e',
  );
});

test('an external account stands for itself, and an unknown id for nothing', () => {
  const accounts = book(external('e', account('4010', 'A')), internal('i', account('4010', 'B')));
  assert.is(accounts.standsFor('e'), 'e');
  assert.is(accounts.standsFor('4010'), null);
  assert.is(accounts.label('e'), '4010 A');
  assert.is(accounts.label('gone'), 'gone');
});

test.run();
