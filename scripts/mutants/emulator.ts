import type { Mutant } from './mutant.ts';

const connections = ['test/emulator/connections.test.ts'];
const pulls = ['test/emulator/pulls.test.ts'];
const pushes = ['test/emulator/pushes.test.ts'];

/** What the accounting system that the local environment plays does as the API's documents say. */
export const emulatorMutants: readonly Mutant[] = [
  {
    title: 'what goes on is over before its time',
    file: 'src/emulator/accounting/carry-out-due.ts',
    find: 'if (task.due.getTime() > time) break;',
    replace: '',
    tests: connections,
  },
  {
    title: 'a pull is over at the time at which somebody looks',
    file: 'src/emulator/accounting/pull.ts',
    find: 'const time = due.toISOString();',
    replace: 'const time = world.now().toISOString();',
    tests: connections,
  },
  {
    title: 'a connection that has lost its permission is still pulled',
    file: 'src/emulator/accounting/pull.ts',
    find: 'if (connection === null || !isConnected(connection.value)) return [];',
    replace: 'if (connection === null) return [];',
    tests: connections,
  },
  {
    title: 'any site may answer the page of a connection',
    file: 'src/emulator/pages/pages.ts',
    find: '!isOwn(headers.origin, world)',
    replace: 'isOwn(headers.origin, world) && false',
    tests: connections,
  },
  {
    title: 'the page of a connection shows the organization’s name as HTML',
    file: 'src/emulator/pages/html.ts',
    find: "text.replace(/[&<>\"']/g, (each) => entities[each] ?? '')",
    replace: 'text',
    tests: connections,
  },
  {
    title: 'what was eligible before the first pull is pushed',
    file: 'src/emulator/accounting/eligible.ts',
    find: 'Date.parse(updated_at) >= Date.parse(since)',
    replace: 'Date.parse(updated_at) >= Date.parse(since) || true',
    tests: pulls,
  },
  {
    title: 'quotes are pushed',
    file: 'src/emulator/accounting/eligible.ts',
    find: "type === 'invoice' && issued.includes(status)",
    replace: 'type !== null && issued.includes(status)',
    tests: pulls,
  },
  {
    title: 'each pull makes a record for the same object again',
    file: 'src/emulator/accounting/records.ts',
    find: 'if (known.has(',
    replace: 'if (false && known.has(',
    tests: pulls,
  },
  {
    title: 'a pull brings an account under a new id',
    file: 'src/emulator/seed-system.ts',
    find: 'id: known.get(keyOf(each)) ?? ids(each),',
    replace: 'id: ids(each),',
    tests: pulls,
  },
  {
    title: 'amounts over there are in minor units',
    file: 'src/emulator/accounting/conversion.ts',
    find: 'amount / 10 ** digitsOf(currency)',
    replace: 'amount',
    tests: pulls,
  },
  {
    title: 'every currency has two decimals',
    file: 'src/emulator/accounting/conversion.ts',
    find: 'digits.set(currency, maximumFractionDigits);',
    replace: 'return 2;',
    tests: pulls,
  },
  {
    title: 'the offset of documents over there is ignored',
    file: 'src/emulator/operations/book-documents.ts',
    find: "typeof offset === 'number' ? offset : 0",
    replace: "typeof offset === 'string' ? 1 : 0",
    tests: pulls,
  },
  {
    title: 'an archived account can be pushed',
    file: 'src/emulator/accounting/chart.ts',
    find: "if (own.status === 'Archived')",
    replace: 'if (own.status === null)',
    tests: pushes,
  },
  {
    title: 'a chosen rate does not override the value of the tax',
    file: 'src/emulator/accounting/chart.ts',
    find: "if (typeof id !== 'string') return rateByValue(",
    replace: 'if (tax !== undefined) return rateByValue(',
    tests: pushes,
  },
  {
    title: 'the setting for products counts for nothing',
    file: 'src/emulator/accounting/push.ts',
    find: "return typeof own === 'string' ? own : chart.setting('ledger_account_ids', 'products');",
    replace: "return typeof own === 'string' ? own : null;",
    tests: pushes,
  },
  {
    title: 'a product that has got its account since does not mend its invoice',
    file: 'src/emulator/accounting/push.ts',
    find: '(catalogProduct(product, books) ?? product).ledger_account_id',
    replace: 'product.ledger_account_id',
    tests: pushes,
  },
  {
    title: 'payments are pushed without an account',
    file: 'src/emulator/accounting/push.ts',
    find: 'if (id === null)\n',
    replace: 'if (id === null) return nothing;\n  if (id === field)\n',
    tests: pushes,
  },
  {
    title: 'a push that was asked for twice begins anew',
    file: 'src/emulator/operations/synced-records.ts',
    find: '...(isRunning',
    replace: '...(isRunning && false',
    tests: pushes,
  },
];
