import type { Written } from '../contract.ts';
import { CallFailed } from './call-failed.ts';
import { explained } from './incomplete.ts';

/** A read beside a write: what its failure says about the write is not what it says about itself. */
export async function proving<T>(
  certainty: CallFailed['certainty'],
  subject: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const error = explained(thrown, subject);
    throw error instanceof CallFailed ? new CallFailed(error.error, certainty, { cause: error }) : error;
  }
}

type Stored<T> = { readonly stored: T; readonly requestId: string | null };

/** What became of a write: a CallFailed says whether it may have been carried out. */
export async function written<T>(write: () => Promise<Stored<T>>): Promise<Written<T>> {
  try {
    return { status: 'stored', ...(await write()) };
  } catch (error) {
    if (error instanceof CallFailed) return { status: error.certainty, error: error.error };
    throw error;
  }
}
