import { ReadFailed } from '../contract.ts';
import { CallFailed } from './call-failed.ts';

/** A read: what fails in it is a ReadFailed. */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw failed(error);
  }
}

/** The same for a read that yields. */
export async function* readingEach<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw failed(error);
  }
}

const failed = (error: unknown): unknown =>
  error instanceof CallFailed ? new ReadFailed(error.error, { cause: error }) : error;
