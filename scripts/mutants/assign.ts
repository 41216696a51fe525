import type { Mutant } from './mutant.ts';

const suggest = ['test/accounting/assign/suggest.test.ts'];
const gaps = ['test/accounting/assign/gaps.test.ts'];
const ways = ['test/accounting/assign/ways.test.ts'];
const written = ['test/load/assign/assign.test.ts'];

/** What `assign` promises. */
export const assignMutants: readonly Mutant[] = [
  {
    title: 'an archived account is suggested',
    file: 'src/accounting/assign/chart.ts',
    find: '.filter((object) => !isArchived(object))',
    replace: '',
    tests: suggest,
  },
  {
    title: 'suggestions depend on the order of reading',
    file: 'src/accounting/assign/groups.ts',
    find: '|| comparePoints(a.key, b.key);',
    replace: ';',
    tests: suggest,
  },
  {
    title: 'what the file fills is asked for all the same',
    file: 'src/accounting/assign/gaps.ts',
    find: "? 'covered' : 'closed';\n  return item.type",
    replace: "? 'open' : 'closed';\n  return item.type",
    tests: gaps,
  },
  {
    title: 'an entry of an extended file gets a second one beside it',
    file: 'src/accounting/assign/gaps.ts',
    find: "item.type === 'specific' && item.origin.file !== own",
    replace: 'false',
    tests: gaps,
  },
  {
    title: 'what else a rule would decide is not told',
    file: 'src/accounting/assign/ways.ts',
    find: 'if (lacking.has(address) || (isTaken && !isSibling)) others += 1;',
    replace: 'if (isTaken && !isSibling) others += 1;',
    tests: ways,
  },
  {
    title: 'a wider rule gives rates to things that no rule gave one',
    file: 'src/accounting/assign/ways.ts',
    find: '!hasMore(group, facts) || strangers === 0',
    replace: 'true',
    tests: ways,
  },
  {
    title: 'a product is named by a text that two of them have',
    file: 'src/accounting/assign/selectors.ts',
    find: '&& index.get(text)?.length === 1',
    replace: '',
    tests: ways,
  },
  {
    title: 'a line is named by a number that another payable has',
    file: 'src/accounting/assign/selectors.ts',
    find: '&& isOnly(number)',
    replace: '',
    tests: ways,
  },
  {
    title: 'a rule that answers more than its own question answers only that',
    file: 'src/accounting/assign/session.ts',
    find: 'return [...way.fills];',
    replace: 'return [];',
    tests: ways,
  },
  {
    title: 'a new rule stands behind the one that has the say',
    file: 'src/load/assign/assign.ts',
    find: 'at: index < 0 ? items.length : index, value',
    replace: 'at: items.length, value',
    tests: written,
  },
  {
    title: 'the rate of the rule before which a new one stands is lost',
    file: 'src/load/assign/assign.ts',
    find: ', ...besidesOf(assigning, facts) }',
    replace: ' }',
    tests: written,
  },
  {
    title: 'a rate that a line has is replaced by an entry',
    file: 'src/commands/accounting/assign-wanted.ts',
    find: '(item.overwrite || isEmpty(gap, each[0], facts))',
    replace: 'true',
    tests: written,
  },
  {
    title: 'all items of a new list stand on one line',
    file: 'src/load/edit/insert.ts',
    find: 'emptyOnItsLine(place, text) && values',
    replace: 'values.length === 0 && values',
    tests: written,
  },
  {
    title: 'a yes that was typed before the question answers it',
    file: 'src/commands/approval.ts',
    find: '{\n  await forgetTyped(edge);',
    replace: '{',
    tests: ['test/commands/approval.test.ts'],
  },
  {
    title: 'suggestions for ten thousand gaps are all printed',
    file: 'src/render/assign/suggestions-text.ts',
    find: 'showAll ? all : all.slice(0, shownQuestions)',
    replace: 'all',
    tests: ['test/render/suggestions-text.test.ts'],
  },
  {
    title: 'an account that the accounting system does not have looks like any other',
    file: 'src/accounting/assign/chart.ts',
    find: 'external || counterparts(after, fields).some((each) => !isArchived(each))',
    replace: 'external || counterparts(after, fields).length >= 0',
    tests: suggest,
  },
  {
    title: 'a name is cut off though there is room for it',
    file: 'src/render/assign/pick-text.ts',
    find: 'Math.max(Math.floor(columns * 0.45), room)',
    replace: 'Math.floor(columns * 0.45)',
    tests: ['test/render/pick-text.test.ts'],
  },
  {
    title: 'names of the service are taken for variables',
    file: 'src/load/assign/assign.ts',
    find: "if (typeof value === 'string') return escapeVariables(value);",
    replace: "if (typeof value === 'string') return value;",
    tests: written,
  },
];
