import type { Mutant } from './mutant.ts';

/** What the command line promises: exit codes, approval, the guard of production, and outputs that can do no harm. */
export const commandMutants: readonly Mutant[] = [
  {
    title: 'a refused plan ends with 0',
    file: 'src/commands/exit-code.ts',
    find: 'if (refused) return 4;',
    replace: '',
    tests: ['test/commands/exit-code.test.ts'],
  },
  {
    title: '--detailed-exitcode is 2 without changes',
    file: 'src/commands/exit-code.ts',
    find: 'detailed && plan.changes.length > 0 ? 2 : 0',
    replace: 'detailed || plan.changes.length < 0 ? 2 : 0',
    tests: ['test/commands/exit-code.test.ts'],
  },
  {
    title: 'an apply that was finished before Ctrl-C ends with 130',
    file: 'src/commands/exit-code.ts',
    find: 'interrupted && (code === 1 || code === 5) ? 130 : code',
    replace: 'interrupted && code >= 0 ? 130 : code',
    tests: ['test/commands/exit-code.test.ts'],
  },
  {
    title: 'an apply that failed after a write ends with 1',
    file: 'src/apply/report.ts',
    find: 'return writes > 0 ? 5 : 1;',
    replace: 'return writes > 1 ? 5 : 1;',
    tests: ['test/commands/exit-code.test.ts'],
  },
  {
    title: 'what looks like yes approves',
    file: 'src/commands/approval.ts',
    find: "if (answer === 'yes') return;",
    replace: "if (answer?.trim().toLowerCase().startsWith('y')) return;",
    tests: ['test/commands/approval.test.ts'],
  },
  {
    title: 'no answer approves',
    file: 'src/commands/approval.ts',
    find: "if (answer === 'yes') return;",
    replace: "if ((answer ?? 'yes') === 'yes') return;",
    tests: ['test/commands/approval.test.ts'],
  },
  {
    title: 'without a terminal an apply goes on',
    file: 'src/commands/approval.ts',
    find: 'if (edge.stdin.isTTY === true) return;',
    replace: 'if (edge.stdin.isTTY !== false) return;',
    tests: ['test/commands/approval.test.ts'],
  },
  {
    title: 'production is changed from uncommitted files by an apply',
    file: 'src/commands/apply.ts',
    find: "desired.environment === 'production' ? { dirty } : null;",
    replace: "desired.environment === 'production' ? { dirty: dirty && false } : null;",
    tests: ['test/commands/apply.test.ts'],
  },
  {
    title: 'a terminal escape in a name reaches the terminal',
    file: 'src/render/printable.ts',
    find: '.replace(invisible, (sign) => short[sign] ?? escaped(sign))',
    replace: '.replace(/\\n/g, (sign) => short[sign] ?? escaped(sign))',
    tests: ['test/render/printable.test.ts'],
  },
  {
    title: 'a name can give orders to a CI runner',
    file: 'src/render/printable.ts',
    find: ".replace(/^(\\s*)::/, '$1\\\\::')",
    replace: ".replace(/^::$/, '$1\\\\::')",
    tests: ['test/render/printable.test.ts'],
  },
  {
    title: 'a name is a formula in a spreadsheet',
    file: 'src/render/csv.ts',
    find: 'const harmless = formula.test(text) ?',
    replace: 'const harmless = /^[-]/.test(text) ?',
    tests: ['test/render/table.test.ts'],
  },
  {
    title: 'half a document in a file that is full passes for a whole one',
    file: 'src/commands/whole-output.ts',
    find: 'for (let sent = 0; sent < bytes.length; ) sent += writeSync(fd, bytes, sent);',
    replace: 'writeSync(fd, bytes);',
    tests: ['test/commands/output.test.ts'],
  },
];
