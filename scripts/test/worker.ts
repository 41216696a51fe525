import { writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inspect, stripVTControlCharacters } from 'node:util';
import type { Entry } from './watched-uvu.ts';

/*
 * Runs one test file in a process of its own and writes what happened to the journal file: at the end, and also when the
 * process is ended early, so that nothing can end the run quietly.
 */

/** What run-files.ts reads back. */
export interface Journal {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly text: string }[];
  readonly finished: boolean;
}

const [, , file = '', journalFile = '', graceMs = '3000', bail = ''] = process.argv;
const queue: (() => Promise<unknown>)[] = [];
Object.assign(globalThis, { UVU_DEFER: 1, UVU_INDEX: 0, UVU_QUEUE: [queue] });
register('./uvu-hook.mjs', import.meta.url);
const { book } = await import('./watched-uvu.ts');

const thrownOutside: { title: string; text: string }[] = [];
let finished = false;
let running: Entry | null = null;
book.onStart = (entry) => {
  running = entry;
  writeFileSync(`${journalFile}.at`, titleOf(entry));
};
// What the test would have cleaned up stays: who only asks whether anything fails does not wait for the rest.
if (bail !== '') book.onFailure = () => process.exit(1);
process.on('exit', () => writeFileSync(journalFile, JSON.stringify(journal())));

try {
  await import(pathToFileURL(file).href);
} catch (thrown) {
  thrownOutside.push({ title: 'the file could not be imported', text: textOf(thrown) });
}
for (const run of queue) {
  try {
    await run();
  } catch {
    // A throwing `after` hook; the book has it.
  }
}
finished = true;
setTimeout(endByForce, Number(graceMs)).unref();

function endByForce(): void {
  const open = process.getActiveResourcesInfo().join(', ');
  thrownOutside.push({ title: 'something is still open after the last test', text: `open: ${open}` });
  process.exit(1);
}

function journal(): Journal {
  const failures = [...thrownOutside];
  for (const { where, error } of book.hookFailures)
    failures.push({ title: `${where} threw`, text: textOf(error) });
  for (const entry of book.entries) {
    if (entry.state === 'failed') failures.push({ title: titleOf(entry), text: textOf(entry.error) });
    if (entry.state === 'waiting') failures.push({ title: titleOf(entry), text: 'did not run to its end' });
  }
  if (book.only) failures.push({ title: '.only is left in', text: 'other tests did not run' });
  if (book.entries.length === 0 && book.skipped === 0 && failures.length === 0)
    failures.push({ title: 'the file has no tests', text: 'nothing was registered' });
  if (!finished)
    failures.push({
      title: running ? titleOf(running) : file,
      text: 'the process ended during this test: a promise that never settles, process.exit, or a throw outside of the test',
    });
  const passed = book.entries.filter((entry) => entry.state === 'passed').length;
  return { passed, skipped: book.skipped, failures, finished };
}

function titleOf(entry: Entry): string {
  return entry.suite === '' ? entry.title : `${entry.suite} › ${entry.title}`;
}

function textOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw something that is no Error: ${inspect(thrown)}`;
  const { details, operator } = thrown as { details?: unknown; operator?: unknown }; // uvu's and node's assertions have them
  const text =
    typeof details === 'string'
      ? `${thrown.message} (${operator})\n${details}\n${framesOf(thrown)}`
      : inspect(thrown);
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => !/^\s*at .*(node:internal|\/node_modules\/uvu\/|\/scripts\/test\/)/.test(line))
    .join('\n');
}

const framesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s*at /.test(line))
    .join('\n');
