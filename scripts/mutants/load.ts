import type { Mutant } from './mutant.ts';

/** What reading the files promises. */
export const loadMutants: readonly Mutant[] = [
  {
    title: 'any environment variable can be read by a file',
    file: 'src/load/variables.ts',
    find: "export const variablePrefix = 'LEDGERFORM_VAR_';",
    replace: "export const variablePrefix = '';",
    tests: ['test/load/layers.test.ts'],
  },
  {
    title: 'an unset variable is no error',
    file: 'src/load/variables.ts',
    find: "report({ code: 'VARIABLE_UNSET', index, written, name });",
    replace: '',
    tests: ['test/load/layers.test.ts'],
  },
  {
    title: 'the value of a variable is parsed again',
    file: 'src/load/variables.ts',
    find: 'if (value !== undefined) return value;',
    replace: 'if (value !== undefined) return insertVariables(value, variables).text;',
    tests: ['test/load/layers.test.ts'],
  },
  {
    title: 'two entries may have one identity',
    file: 'src/load/duplicates.ts',
    find: 'else problems.push(duplicate(earlier, entry, own));',
    replace: '',
    tests: ['test/load/load.test.ts'],
  },
  {
    title: 'what is declared may stand under removed as well',
    file: 'src/load/duplicates.ts',
    find: 'if (collection !== kind.collection || !entry) return [];',
    replace: 'if (collection !== kind.collection || entry) return [];',
    tests: ['test/load/load.test.ts'],
  },
  {
    title: 'extends may leave the repository',
    file: 'src/load/layers.ts',
    find: 'if (from && !allowOutside && !(await inside(root, path))) {',
    replace: 'if (from && allowOutside && !(await inside(root, path))) {',
    tests: ['test/load/layers.test.ts'],
  },
  {
    title: 'files that extend each other are not noticed',
    file: 'src/load/layers.ts',
    find: 'if (loop >= 0) {',
    replace: 'if (loop > 99) {',
    tests: ['test/load/layers.test.ts'],
  },
];
