import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { leakIn } from './leaks.ts';
import type { Journal } from './worker.ts';

/** How to run test files. */
export interface RunOptions {
  readonly workers: number;
  readonly timeoutSeconds: number;
  /** How long a file may keep something open after its last test. */
  readonly graceMs: number;
  /** End a file at its first failure, and start no other. */
  readonly bail: boolean;
  readonly env: (file: string) => NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** What became of one test file. */
export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: Journal['failures'];
  /** What the file printed, without uvu's dots. */
  readonly output: string;
  readonly seconds: number;
}

const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));
const alive = new Set<ChildProcess>();

/** Runs each file in its own process, `workers` at a time or, where its name says so, alone; tells of each as it ends. */
export async function runFiles(
  files: readonly string[],
  options: RunOptions,
  onResult: (result: FileResult) => void,
): Promise<readonly FileResult[]> {
  const results: FileResult[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'test-run-'));
  const runAll = async (queue: string[]): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const result = await runFile(file, join(folder, `${results.length}-${queue.length}.json`), options);
      results.push(result);
      onResult(result);
      if (options.bail && result.failures.length > 0) queue.length = 0;
    }
  };
  try {
    const together = files.filter((file) => !isAlone(file));
    await Promise.all(Array.from({ length: options.workers }, () => runAll(together)));
    await runAll(files.filter(isAlone));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

/** A file that measures time runs last, with no other beside it. */
const isAlone = (file: string): boolean => file.endsWith('.alone.test.ts');

/** Ends every test process that still runs, and what those have started. */
export function killAll(): void {
  for (const child of alive) killGroup(child);
}

async function runFile(file: string, journalFile: string, options: RunOptions): Promise<FileResult> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      worker,
      file,
      journalFile,
      String(options.graceMs),
      ...(options.bail ? ['bail'] : []),
    ],
    { cwd: options.cwd, env: options.env(file), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  alive.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, options.timeoutSeconds * 1000);
  const ended = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? (code === 0 ? '' : `exit code ${code}`)));
  });
  clearTimeout(timer);
  killGroup(child); // servers that the file started and left behind
  alive.delete(child);
  const journal = readJournal(journalFile);
  const failures = [...(journal?.failures ?? [])];
  if (timedOut)
    failures.push({
      title: `over ${options.timeoutSeconds} s`,
      text: `ended in: ${lastStarted(journalFile)}`,
    });
  else if (failures.length === 0 && (ended !== '' || journal === null))
    failures.push({
      title: 'the process did not end well',
      text: `${ended}, in: ${lastStarted(journalFile)}`,
    });
  const leak = leakIn(output);
  if (leak !== null) failures.push({ title: 'a secret is in what the file printed', text: leak });
  return {
    file,
    passed: journal?.passed ?? 0,
    skipped: journal?.skipped ?? 0,
    failures,
    output: withoutDots(output),
    seconds: (performance.now() - started) / 1000,
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

function readJournal(journalFile: string): Journal | null {
  try {
    return JSON.parse(readFileSync(journalFile, 'utf8')) as Journal; // written by worker.ts
  } catch {
    return null;
  }
}

function lastStarted(journalFile: string): string {
  try {
    return readFileSync(`${journalFile}.at`, 'utf8');
  } catch {
    return 'no test, the file itself';
  }
}

const withoutDots = (output: string): string =>
  stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => !/\s\(\d+ \/ \d+\)$/.test(line))
    .join('\n')
    .trim();
