import type { Mutant } from './mutant.ts';

const join = ['test/accounting/documents/join.test.ts'];
const classes = ['test/accounting/documents/classify.test.ts'];
const compare = ['test/accounting/documents/compare.test.ts'];
const overThere = ['test/tesouro/documents-over-there.test.ts'];

/** What the comparison with the accounting system promises. */
export const documentMutants: readonly Mutant[] = [
  {
    title: 'two documents of ours are joined with one over there',
    file: 'src/accounting/documents/join.ts',
    find: 'if (free.documents.has(claim.pair.document.id)) take(claim.pair);',
    replace: 'take(claim.pair);',
    tests: join,
  },
  {
    title: 'an id of another accounting system joins whatever has that id here',
    file: 'src/accounting/documents/join.ts',
    find: 'if (rank === 0 && free.documents',
    replace: 'if (free.documents',
    tests: classes,
  },
  {
    title: 'what was pushed to a former accounting system passes as old',
    file: 'src/accounting/documents/classify.ts',
    find: 'if (other !== null)',
    replace: 'if (other === undefined)',
    tests: classes,
  },
  {
    title: 'a document whose record names something else than ours is joined by its looks',
    file: 'src/accounting/documents/join.ts',
    find: '[...free.documents.values()].filter(({ id }) => !strangers.has(id)),',
    replace: '[...free.documents.values()],',
    tests: join,
  },
  {
    title: 'which of several claims wins depends on the order of the lists',
    file: 'src/accounting/documents/join.ts',
    find: 'compareText(a.pair.own.id, b.pair.own.id) ||',
    replace: '',
    tests: join,
  },
  {
    title: 'where several fit, the first is taken',
    file: 'src/accounting/documents/join-probably.ts',
    find: 'filter(({ document }) => fits.get(document) === 1)',
    replace: 'filter(() => true)',
    tests: join,
  },
  {
    title: 'the same number and amount in another currency are the same',
    file: 'src/accounting/documents/join-probably.ts',
    find: '.filter((document) => fitsCurrency(mine, document))',
    replace: '',
    tests: join,
  },
  {
    title: 'a total over there is compared with what is ours before tax',
    file: 'src/accounting/documents/compare-pair.ts',
    find: 'there.net && net !== null ? [net, total] : [total]',
    replace: 'net !== null ? [net, total] : [total]',
    tests: ['test/accounting/documents/compare.test.ts'],
  },
  {
    title: 'accounts that products have got since an invoice was made are a difference',
    file: 'src/accounting/documents/compare-pair.ts',
    find: 'return compareAccounts(own.accountsNow, lines, accounts) === null ? null : found;',
    replace: 'return found;',
    tests: compare,
  },
  {
    title: 'every currency has cents',
    file: 'src/model/currency.ts',
    find: "placesOf.get((currency ?? '').trim().toUpperCase()) ?? 2",
    replace: '2',
    tests: ['test/model/decimal.test.ts'],
  },
  {
    title: 'accounts are compared without how often each stands there',
    file: 'src/accounting/documents/accounts-of-lines.ts',
    find: 'left.set(each, count - 1);',
    replace: '',
    tests: compare,
  },
  {
    title: 'ids of accounts that nobody knows are compared',
    file: 'src/accounting/documents/accounts-of-lines.ts',
    find: "if (known === null && line.ledger_account_id !== null) return 'unknown';",
    replace: '',
    tests: compare,
  },
  {
    title: 'a failure is forgotten where the document is there',
    file: 'src/accounting/documents/classify.ts',
    find: "class: unfinished(record) ?? (differences.length > 0 ? 'differs' : 'same'),",
    replace: "class: differences.length > 0 ? 'differs' : 'same',",
    tests: classes,
  },
  {
    title: 'what was pushed after the last pull is missing',
    file: 'src/accounting/documents/classify.ts',
    find: 'if (isBefore(freshness.last_pull, pushed))',
    replace: 'if (isBefore(pushed, pushed))',
    tests: classes,
  },
  {
    title: 'a draft is missing in the accounting system',
    file: 'src/accounting/documents/classify.ts',
    find: "if (expectationOf(own.list, own.status) !== 'expected')",
    replace: 'if (own.id === null)',
    tests: classes,
  },
  {
    title: 'what is older than the connection is missing',
    file: 'src/accounting/to-push.ts',
    find: "instantOf(created_at ?? '') < instantOf(since ?? '')",
    replace: 'false',
    tests: classes,
  },
  {
    title: 'a credit note over there is not ours',
    file: 'src/accounting/documents/classify.ts',
    find: "isUncompared ? 'uncompared' : 'there_only'",
    replace: "'there_only'",
    tests: classes,
  },
  {
    title: 'a reason of the service begins a line of its own',
    file: 'src/render/document-diff-text.ts',
    find: 'printable(each)}',
    replace: 'each}',
    tests: ['test/render/documents-text.test.ts'],
  },
  {
    title: 'a short page ends a list that counts from an offset',
    file: 'src/providers/tesouro/accounting/offset-pages.ts',
    find: 'offset += objects.length;',
    replace: 'offset += offsetLimit;',
    tests: overThere,
  },
  {
    title: 'a page that repeats is taken for the whole list, though it may hide more',
    file: 'src/providers/tesouro/accounting/offset-pages.ts',
    find: 'if (fresh.length === 0 && !mayHideMore) return;',
    replace: 'if (fresh.length === 0) return;',
    tests: overThere,
  },
  {
    title: 'a blank amount is nothing',
    file: 'src/providers/tesouro/decode.ts',
    find: "typeof value === 'string' && decimal.test(value) ? Number(value) : value",
    replace: "typeof value === 'string' ? Number(value) : value",
    tests: overThere,
  },
];
