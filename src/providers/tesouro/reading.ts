import { ReadFailed } from '../contract.ts';
import { CallFailed } from './call-failed.ts';
import { explained } from './incomplete.ts';

/** A read: what fails in it is a ReadFailed. `subject` begins its sentence: `The list of tax rates`. */
export async function reading<T>(subject: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw failed(error, subject);
  }
}

/** The same for a read that yields. */
export async function* readingEach<T>(subject: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw failed(error, subject);
  }
}

function failed(error: unknown, subject: string): unknown {
  const cause = explained(error, subject);
  return cause instanceof CallFailed ? new ReadFailed(cause.error, { cause }) : cause;
}
