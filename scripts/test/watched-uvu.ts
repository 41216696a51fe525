import type { Callback, Context, Test } from 'uvu';
import * as uvu from 'uvu';

/*
 * uvu 0.5 says "passed" when a hook throws, when a test throws something that is no Error, when `.run()` is forgotten and
 * when `.only` is left in. This module stands between the test files and uvu and keeps its own book: every test that is
 * registered must be seen to end well. What uvu counts is not asked.
 */

/** One registered test and what became of it. */
export interface Entry {
  readonly suite: string;
  readonly title: string;
  state: 'waiting' | 'running' | 'passed' | 'failed';
  error: unknown;
}

/** What this process has seen so far. */
export const book = {
  entries: [] as Entry[],
  hookFailures: [] as { readonly where: string; readonly error: unknown }[],
  skipped: 0,
  only: false,
  onStart: (_entry: Entry): void => {},
  onFailure: (): void => {},
};

let current: Entry | null = null;

/** As uvu's `suite`, with a book kept. */
export function suite<T = Context>(name = '', state?: T): Test<T> {
  const real = state === undefined ? uvu.suite<T>(name) : uvu.suite<T>(name, state as never);
  const watched = (title: string, handler: Callback<T>): void => real(title, inBook(name, title, handler));
  const hooks = { before: ['before', 'before.each'], after: ['after', 'after.each'] } as const;
  const hook = (at: 'before' | 'after') =>
    Object.assign((handler: Callback<T>) => real[at](guarded(`${name} › ${hooks[at][0]}`, handler)), {
      each: (handler: Callback<T>) => real[at].each(guarded(`${name} › ${hooks[at][1]}`, handler)),
    });
  const only = (title: string, handler: Callback<T>): void => {
    book.only = true;
    real.only(title, inBook(name, title, handler));
  };
  const skip = (...test: unknown[]): void => {
    book.skipped += 1;
    real.skip(...(test as []));
  };
  return Object.assign(watched, {
    before: hook('before'),
    after: hook('after'),
    only,
    skip,
    run: () => real.run(),
  });
}

/** As uvu's `test`. */
export const test: Test = suite();

/** As uvu's `exec`. */
export const exec = uvu.exec;

function inBook<T>(name: string, title: string, handler: Callback<T>): Callback<T> {
  const entry: Entry = { suite: name, title, state: 'waiting', error: null };
  book.entries.push(entry);
  return async (context) => {
    current = entry;
    entry.state = 'running';
    book.onStart(entry);
    try {
      await handler(context);
      entry.state = 'passed';
    } catch (thrown) {
      entry.state = 'failed';
      entry.error = thrown;
      book.onFailure();
      throw asError(thrown);
    }
  };
}

function guarded<T>(where: string, handler: Callback<T>): Callback<T> {
  return async (context) => {
    try {
      await handler(context);
    } catch (thrown) {
      if (where.endsWith('after.each') && current?.state === 'passed') current.state = 'waiting';
      book.hookFailures.push({ where, error: thrown });
      throw asError(thrown);
    }
  };
}

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('something that is no Error was thrown', { cause: thrown });
