import type { Mutant } from './mutant.ts';

const connection = ['test/commands/connection.test.ts'];
const records = ['test/commands/records.test.ts'];
const client = ['test/tesouro/accounting.test.ts'];

/** What connections to the accounting system and synchronization records promise. */
export const synchronizationMutants: readonly Mutant[] = [
  {
    title: 'a connection is begun although one is active',
    file: 'src/commands/accounting/connection-connect.ts',
    find: 'if (active.length > 0) throw new Stop(4, active.map(isActiveAlready));',
    replace: '',
    tests: connection,
  },
  {
    title: 'a second connection is begun although one waits for a person',
    file: 'src/commands/accounting/connection-connect.ts',
    find: 'options.new === true ? null : lastPending(before)',
    replace: 'options.new === true || before.length > 0 ? null : lastPending(before)',
    tests: connection,
  },
  {
    title: 'after a lost answer an older connection is taken for the new one',
    file: 'src/commands/accounting/connection-connect.ts',
    find: 'const known = new Set(before.map(({ id }) => id));',
    replace: 'const known = new Set(before.slice(1).map(({ id }) => id));',
    tests: connection,
  },
  {
    title: 'a pull at the same instant counts as a new one',
    file: 'src/accounting/connection-state.ts',
    find: 'instantOf(now) > instantOf(before)',
    replace: 'instantOf(now) >= instantOf(before)',
    tests: ['test/accounting/connections.test.ts'],
  },
  {
    title: 'one of several active connections is ended',
    file: 'src/accounting/choose-connection.ts',
    find: 'if (candidates.length > 1) throw several(candidates);',
    replace: '',
    tests: ['test/accounting/connections.test.ts'],
  },
  {
    title: 'errors that were there before end the wait for a pull',
    file: 'src/commands/accounting/connection-sync.ts',
    find: 'errors.filter((error) => !before.errors.includes(error))',
    replace: 'before.errors.length > errors.length ? before.errors : errors',
    tests: connection,
  },
  {
    title: 'a wait is longer than allowed',
    file: 'src/accounting/await-change.ts',
    find: 'Math.min(pause, left)',
    replace: 'pause',
    tests: ['test/accounting/await-change.test.ts'],
  },
  {
    title: 'a record that is not in error is pushed',
    file: 'src/commands/accounting/records-retry.ts',
    find: 'if (sound.length === 0 || force === true) return records;',
    replace: 'if (sound.length >= 0 || force === true) return records;',
    tests: records,
  },
  {
    title: 'records are pushed without an active connection',
    file: 'src/commands/accounting/records-retry.ts',
    find: 'if (options.force !== true && !connections.some(isActive))',
    replace: 'if (options.force !== true && !connections.some(isActive) && connections.length > 1)',
    tests: records,
  },
  {
    title: 'a push whose answer was lost is taken for done without a change',
    file: 'src/accounting/push-again.ts',
    find: 'seen.sync_status !== record.sync_status || seen.updated_at !== record.updated_at',
    replace: 'seen.id === record.id',
    tests: client,
  },
  {
    title: 'pushing goes on after it was stopped',
    file: 'src/accounting/push-again.ts',
    find: 'const over = ended || pushing.stop.aborted;',
    replace: 'const over = ended;',
    tests: client,
  },
  {
    title: 'pushing goes on after the credential was refused',
    file: 'src/accounting/push-again.ts',
    find: 'const over = ended || pushing.stop.aborted;',
    replace: 'const over = pushing.stop.aborted;',
    tests: client,
  },
  {
    title: 'a list that lags behind a push tells its outcome',
    file: 'src/accounting/push-again.ts',
    find: 'return !(instantOf(seen.updated_at) < instantOf(pushed.updated_at));',
    replace: 'return true;',
    tests: ['test/accounting/records.test.ts'],
  },
  {
    title: 'following pushes reads the lists of whole types',
    file: 'src/accounting/follow-pushes.ts',
    find: 'recordFilters({ types: [type], objects })',
    replace: 'recordFilters({ types: [type] })',
    tests: client,
  },
  {
    title: 'the account for payments is looked for on lines',
    file: 'src/accounting/remedy.ts',
    find: "if (objectType === 'payment_record') return 'payments';",
    replace: '',
    tests: ['test/accounting/remedy.test.ts'],
  },
];
