import type { Mutant } from './mutant.ts';

const tests = ['test/runner/runner.test.ts'];

/** The test runner must not report green on red. */
export const runnerMutants: readonly Mutant[] = [
  {
    title: 'tests that never ran are not counted',
    file: 'scripts/test/worker.ts',
    find: "if (entry.state === 'waiting')",
    replace: 'if (false)',
    tests,
  },
  {
    title: 'a throwing hook is forgotten',
    file: 'scripts/test/watched-uvu.ts',
    find: 'book.hookFailures.push({ where, error: thrown });',
    replace: '',
    tests,
  },
  {
    title: 'a left-in .only is not told',
    file: 'scripts/test/watched-uvu.ts',
    find: 'book.only = true;',
    replace: '',
    tests,
  },
  {
    title: 'a file without tests is green',
    file: 'scripts/test/worker.ts',
    find: 'if (book.entries.length === 0 &&',
    replace: 'if (false &&',
    tests,
  },
  {
    title: 'an early end of the process is green',
    file: 'scripts/test/worker.ts',
    find: 'if (!finished)',
    replace: 'if (false)',
    tests,
  },
  {
    title: 'a run without any test file is green',
    file: 'scripts/test.ts',
    find: 'if (files.length === 0) {',
    replace: 'if (false) {',
    tests,
  },
];
