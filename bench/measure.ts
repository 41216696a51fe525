import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What one run of a command took. */
export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

const hook = pathToFileURL('bench/measure-hook.mjs').href;

/** NODE_EXTRA_CA_CERTS costs every start of Node 20 some 36 ms, and none of these runs uses TLS. */
export const plainEnv: NodeJS.ProcessEnv = { ...process.env };
for (const name of ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'LEDGERFORM_ENV']) delete plainEnv[name];

/** Runs the built command in a folder and measures it from inside. Does not block, so a server may live in this process. */
export function measure(
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Measured> {
  const file = join(folder, 'usage.json');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', hook, join(process.cwd(), 'dist/cli.js'), ...args], {
    cwd: folder,
    env: { ...plainEnv, ...env, CI: 'true', LEDGERFORM_BENCH_FILE: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      // The hook's own form.
      const usage = JSON.parse(readFileSync(file, 'utf8')) as Pick<Measured, 'cpuSeconds' | 'peakMegabytes'>;
      resolve({ code, stdout, stderr, seconds, ...usage });
    });
  });
}

/** Medians of the wall time of two commands in milliseconds, run in turns so that the machine's mood hits both. */
export function medianStarts(
  first: readonly string[],
  second: readonly string[],
  runs: number,
): readonly [number, number] {
  const once = (args: readonly string[]): number => {
    const started = performance.now();
    spawnSync(process.execPath, args, { env: plainEnv, stdio: ['ignore', 'ignore', 'ignore'] });
    return performance.now() - started;
  };
  const times: [number[], number[]] = [[], []];
  for (let run = -2; run < runs; run += 1) {
    const [a, b] = [once(first), once(second)];
    if (run >= 0) {
      times[0].push(a);
      times[1].push(b);
    }
  }
  return [median(times[0]), median(times[1])];
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
