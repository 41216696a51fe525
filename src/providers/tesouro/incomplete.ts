import { callFailed } from './call-failed.ts';

/** Data of the API's that cannot be understood. It must never be taken for less data. */
export class Incomplete extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Incomplete';
  }
}

/** Says what is wrong with the data. */
export const incomplete = (what: string): Incomplete => new Incomplete(what);

/** The failure that says what could not be understood; any other error as it is. */
export function explained(error: unknown, subject: string): unknown {
  if (!(error instanceof Incomplete)) return error;
  return callFailed('READ_INCOMPLETE', `${subject} cannot be understood: ${error.message}.`, {
    hint: 'Nothing was concluded from what was read. Please report this.',
    cause: error,
  });
}
