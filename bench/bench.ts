import { planAssignments } from './assignments.ts';
import { type Measured, measure, medianStarts } from './measure.ts';
import { changesIn, exactly, expectCode, inFolder, line, tally } from './report.ts';
import { evaluateRules } from './rules.ts';
import { accessTo, fewestReads, type Sample, sampleOf, startWith, writeConfiguration } from './sample.ts';

/*
 * npm run bench: counts and ratios of the built command, each beside the limit that it promises to keep.
 * The API runs in this process, the command in its own. Counts are the API's, not the command's.
 */

const requestsPerSecond = 30;

startUp();
for (const size of [1_000, 10_000, 50_000]) await validate(size);
const planned: Record<number, Measured> = {};
for (const size of [1_000, 10_000, 50_000]) planned[size] = await plan(size);
grows('plan, CPU per object', planned);
await applyCreates(900);
await planAssignments();
evaluateRules();
process.exitCode = tally.failed === 0 ? 0 : 1;

function startUp(): void {
  const [empty, version] = medianStarts(['-e', '0'], ['dist/cli.js', '--version'], 15);
  line(
    'start-up: --version against node -e 0',
    version / empty,
    2,
    'times',
    `${version.toFixed(0)} ms, ${empty.toFixed(0)} ms`,
  );
}

async function validate(size: number): Promise<void> {
  await inFolder(async (folder) => {
    writeConfiguration(folder, sampleOf(size));
    const ended = await measure(['validate', '--json'], folder);
    expectCode(ended, 0);
    line(
      `validate ${size} entries: CPU`,
      ended.cpuSeconds,
      size === 10_000 ? 1.5 : null,
      's',
      `${megabytes(ended)} at the peak`,
    );
  });
}

async function plan(size: number): Promise<Measured> {
  return inFolder(async (folder) => {
    const sample = sampleOf(size);
    writeConfiguration(folder, sample);
    const emulator = await startWith(sample, { rateLimit: null, latencyMs: 0 });
    const ended = await measure(['plan', '--json'], folder, accessTo(emulator));
    expectCode(ended, 0);
    const limited = size === 10_000;
    const { requests } = emulator.stats();
    line(`plan ${size} managed objects: CPU`, ended.cpuSeconds, limited ? 2 : null, 's');
    line(`plan ${size} managed objects: peak`, ended.peakMegabytes, limited ? 250 : null, 'MB');
    exactly(`plan ${size} managed objects: requests`, requests, fewestReads(sample));
    exactly(`plan ${size} managed objects: changes`, changesIn(ended), 0);
    await emulator.close();
    return ended;
  });
}

/** Ten times the objects may cost at most some ten times as much; what every run costs anyway is taken off first. */
function grows(name: string, measured: Readonly<Record<number, Measured>>): void {
  const cost = (size: number): number => measured[size]?.cpuSeconds ?? Number.NaN;
  const early = (cost(10_000) - cost(1_000)) / 9_000;
  const late = (cost(50_000) - cost(10_000)) / 40_000;
  line(`${name}: 10,000 to 50,000 against 1,000 to 10,000`, late / early, 1.5, 'times');
}

async function applyCreates(creates: number): Promise<void> {
  await inFolder(async (folder) => {
    writeConfiguration(folder, { accounts: creates, rates: 0 } satisfies Sample);
    const emulator = await startWith(
      { accounts: 0, rates: 0 },
      { rateLimit: requestsPerSecond, latencyMs: 100 },
    );
    const ended = await measure(['apply', '--auto-approve', '--json'], folder, accessTo(emulator));
    expectCode(ended, 0);
    const { requests, throttled } = emulator.stats();
    const ideal = requests / requestsPerSecond;
    const detail = `${ended.seconds.toFixed(1)} s for ${requests} requests, ideal ${ideal.toFixed(1)} s`;
    line(
      `apply ${creates} creates at 30/s and 100 ms: time`,
      ended.seconds / ideal,
      1.1,
      'times requests/30',
      detail,
    );
    exactly(`apply ${creates} creates at 30/s and 100 ms: 429 answers`, throttled, 0);
    await emulator.close();
  });
}

function megabytes({ peakMegabytes }: Measured): string {
  return `${peakMegabytes.toFixed(0)} MB`;
}
