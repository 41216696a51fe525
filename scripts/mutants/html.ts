import type { Mutant } from './mutant.ts';

const page = 'test/render/html-page.test.ts';
const results = 'test/render/results.test.ts';

/** What pages of results promise. */
export const htmlMutants: readonly Mutant[] = [
  {
    title: 'a name opens an element of a page',
    file: 'src/render/html/markup.ts',
    find: `replace(/[&<>"']/g`,
    replace: `replace(/[&>"']/g`,
    tests: [page],
  },
  {
    title: 'a name ends an attribute of a page',
    file: 'src/render/html/markup.ts',
    find: `replace(/[&<>"']/g`,
    replace: `replace(/[&<>']/g`,
    tests: [page],
  },
  {
    title: 'a character reference in a name is read as one',
    file: 'src/render/html/markup.ts',
    find: `replace(/[&<>"']/g`,
    replace: `replace(/[<>"']/g`,
    tests: [page],
  },
  {
    title: 'a name turns the reading direction of a page',
    file: 'src/render/html/markup.ts',
    find: 'printable(text).replace(',
    replace: 'text.replace(',
    tests: [page],
  },
  {
    title: 'a text in a template is markup',
    file: 'src/render/html/markup.ts',
    find: "if (typeof piece === 'string') return inert(piece);",
    replace: "if (typeof piece === 'string') return piece;",
    tests: [page],
  },
  {
    title: 'a text of several lines is markup',
    file: 'src/render/html/markup.ts',
    find: 'printableLines(text).map(inert).join(',
    replace: 'printableLines(text).join(',
    tests: [page],
  },
  {
    title: 'a page may load what it likes',
    file: 'src/render/html/page.ts',
    find: "default-src 'none';",
    replace: 'default-src *;',
    tests: [page],
  },
  {
    title: 'a page runs any script',
    file: 'src/render/html/page.ts',
    find: "script-src '\u0024{hashOf(script)}'",
    replace: "script-src 'unsafe-inline'",
    tests: [page],
  },
  {
    title: 'a page of drift says that something will be deleted',
    file: 'src/render/html/standing-out.ts',
    find: "command === 'drift' ? [] :",
    replace: '',
    tests: [page],
  },
  {
    title: 'a page of drift shows what guards would refuse',
    file: 'src/render/html/one.ts',
    find: "command === 'drift' || apply !== null ? []",
    replace: 'apply !== null ? []',
    tests: [results],
  },
  {
    title: 'warnings of a change are not in its page',
    file: 'src/render/html/change-table.ts',
    find: 'change.warnings.length === 0',
    replace: 'change.warnings.length < 9',
    tests: [results],
  },
  {
    title: 'ids of one organization stand for those of others',
    file: 'src/render/html/change-table.ts',
    find: '!(several &&',
    replace: '!(!several && several &&',
    tests: [page],
  },
  {
    title: 'a name in brackets looks like none',
    file: 'src/render/html/change-table.ts',
    find: "value.startsWith('(')",
    replace: "value.startsWith('((')",
    tests: [page],
  },
  {
    title: 'what needs somebody is not first in a page of many',
    file: 'src/render/html/organization-table.ts',
    find: '(a, b) => order.indexOf(standingIn(command, a)) - order.indexOf(standingIn(command, b)),',
    replace: '(a, b) => order.indexOf(standingIn(command, b)) - order.indexOf(standingIn(command, a)),',
    tests: [page],
  },
];
