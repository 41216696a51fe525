import type { Mutant } from './mutant.ts';

/** What the pages promise: that all of it can be found, and that the references leave nothing out. */
export const pageMutants: readonly Mutant[] = [
  {
    title: 'a page is in no index',
    file: 'docs/README.md',
    find: '[Recovering](recovering.md)',
    replace: 'Recovering',
    tests: ['test/docs/links.test.ts'],
  },
  {
    title: 'a link leads to a heading that is not there',
    file: 'docs/faq.md',
    find: 'pull-requests.md#github',
    replace: 'pull-requests.md#git-hub',
    tests: ['test/docs/links.test.ts'],
  },
  {
    title: 'the reference of the language leaves out a default',
    file: 'docs/configuration.md',
    find: '; default `100`',
    replace: '',
    tests: ['test/docs/language-page.test.ts'],
  },
  {
    title: 'a form of value for which there are no words goes unnoticed',
    file: 'scripts/pages/value-words.ts',
    find: "if (type !== 'object') throw",
    replace: 'if (false) throw',
    tests: ['test/docs/language-page.test.ts'],
  },
  {
    title: 'the reference of the commands does not know a variable of the environment',
    file: 'docs/commands.md',
    find: '| `TESOURO_TOKEN_URL`',
    replace: '| `TESOURO_TOKENS_URL`',
    tests: ['test/docs/commands-page.test.ts'],
  },
];
