import type { ApiError, Written } from '../contract.ts';
import { CallFailed } from './call-failed.ts';
import { explained } from './incomplete.ts';

/** A read beside a write: what its failure says about the write is not what it says about itself. */
export async function proving<T>(
  about: 'unsent' | 'lost',
  subject: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const error = explained(thrown, subject);
    if (!(error instanceof CallFailed)) throw error;
    throw about === 'unsent' ? error.asUnsent() : error.asLost();
  }
}

type Stored<T> = { readonly stored: T; readonly requestId: string | null };

/** What became of a write: a CallFailed says whether it may have been carried out. */
export async function written<T>(write: () => Promise<Stored<T>>): Promise<Written<T>> {
  try {
    return { status: 'stored', ...(await write()) };
  } catch (error) {
    if (error instanceof CallFailed)
      return { status: error.certainty, error: error.sent ? error.error : unsent(error.error) };
    throw error;
  }
}

/** Whatever answered, it was no answer to the write. */
const unsent = (error: ApiError): ApiError => ({ ...error, status: null });
