import type { Mutant } from './mutant.ts';

/** The session in the README shows what a terminal showed. */
export const recordMutants: readonly Mutant[] = [
  {
    title: 'what a terminal showed is markup in the picture',
    file: 'scripts/record/xml.ts',
    find: '.replace(/[&<>"]/g, (sign) => named[sign] ?? sign)',
    replace: '',
    tests: ['test/record/drawing.test.ts'],
  },
  {
    title: 'columns of the picture are lost behind wide signs',
    file: 'scripts/record/row.ts',
    find: '&& isPlain(before.text) && isPlain(sign)',
    replace: '',
    tests: ['test/record/drawing.test.ts'],
  },
  {
    title: 'the picture shows the id of the apply that was recorded',
    file: 'scripts/record/canonical.ts',
    find: "text.replace(run, '20261102T081500Z-4f1c2a')",
    replace: 'text.replace(run, (id) => id)',
    tests: ['test/record/canonical.test.ts'],
  },
];
