import type { Mutant } from './mutant.ts';

/** What a process that was killed or told to stop leaves behind. */
export const killMutants: readonly Mutant[] = [
  {
    title: 'an apply right after a killed one reads lists at once',
    file: 'src/apply/let-settle.ts',
    find: '  await provider.wait(milliseconds);',
    replace: '',
    tests: ['test/reliability/kill-wait.test.ts'],
  },
  {
    title: 'an answered write leaves no outcome in the record',
    file: 'src/apply/journal.ts',
    find: "await attempt(() => record?.write([{ type: 'outcome', ...line }]));",
    replace: '',
    tests: ['test/apply/record.test.ts'],
  },
  {
    title: 'a write is recorded only after it was sent',
    file: 'src/apply/journal.ts',
    find: 'return record.write(changes.map((change) => intentOf(change, write, at())));',
    replace: 'setTimeout(() => record?.write(changes.map((change) => intentOf(change, write, at()))), 100);',
    tests: ['test/apply/record.test.ts'],
  },
  {
    title: 'a write that cannot be recorded is sent all the same',
    file: 'src/apply/journal.ts',
    find: '(is ? write : null)',
    replace: '(is || !is ? write : null)',
    tests: ['test/apply/record.test.ts'],
  },
  {
    title: 'a write without an answer is told as applied',
    file: 'src/apply/history.ts',
    find: "        status: 'in_doubt',",
    replace: "        status: 'applied',",
    tests: ['test/apply/record.test.ts'],
  },
  {
    title: 'history does not say how much is in doubt',
    file: 'src/commands/history-text.ts',
    find: "in_doubt: count('in_doubt'),",
    replace: 'in_doubt: 0,',
    tests: ['test/commands/history.test.ts'],
  },
  {
    title: 'a second signal while reading ends the run without a word',
    file: 'src/commands/interrupt.ts',
    find: 'if (heard > 2) exit();',
    replace: 'if (heard > 1) exit();',
    tests: ['test/commands/interrupted.test.ts'],
  },
];
