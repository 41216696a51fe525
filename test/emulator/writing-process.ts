import { startEmulator } from '../../src/emulator/emulator.ts';

/* Run as a process of its own: serves a data file, says where, and waits to be killed. */
const [, , file = ''] = process.argv;
const emulator = await startEmulator({
  port: 0,
  file,
  seed: null,
  switches: {},
  rateLimit: null,
  latencyMs: 0,
  faults: [],
  now: () => new Date(),
});
process.stdout.write(`${emulator.port}\n`);
