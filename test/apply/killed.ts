import { fileRecord } from '../../src/apply/record.ts';
import { declare, organizationWith, planFor, run } from './world.ts';

/* A process that applies in memory, records into the folder it is given, and dies in the middle of its third write. */
const [folder = ''] = process.argv.slice(2);
const desired = declare({
  ledger_accounts: { a: { nominal_code: '1' }, b: { nominal_code: '2' }, c: { nominal_code: '3' } },
});
const organization = organizationWith();
const plan = await planFor(desired, organization);
let writes = 0;
await run(plan, desired, organization, {
  memory: {
    onCall: ({ write }) => {
      if (write) writes += 1;
      if (writes === 3) process.kill(process.pid, 'SIGKILL');
    },
  },
  context: {
    concurrency: 1,
    record: fileRecord({
      folder,
      actor: 'mara',
      host: 'laptop',
      gitCommit: null,
      version: '0.0.0',
      now: () => new Date('2026-01-02T03:04:05.678Z'),
      suffix: 'ab12',
    }),
  },
});
