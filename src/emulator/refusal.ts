import type { Json, JsonObject } from './json.ts';

/** One entry of a 422's `detail`. */
export interface Detail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** The API says no. `wording` names the sentence, `body` stands for itself where the contract quotes it. */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly details: readonly Detail[];
  /** A body that no switch rewords. */
  readonly fixed: JsonObject | null;
  readonly retryAfter: number | null;
  constructor(status: number, type: string, message: string, more: RefusalDetails = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.type = type;
    this.details = more.details ?? [];
    this.fixed = more.fixed ?? null;
    this.retryAfter = more.retryAfter ?? null;
  }
}

interface RefusalDetails {
  readonly details?: readonly Detail[];
  readonly fixed?: JsonObject;
  readonly retryAfter?: number;
}

/** A 422 for one value. */
export const invalid = (loc: Detail['loc'], msg: string, type: string): Refusal =>
  new Refusal(422, 'validation_error', msg, { details: [{ loc, msg, type }] });

/** A 404 for an object that this organization does not have. */
export const notFound = (noun: string): Refusal => new Refusal(404, 'not_found', `${noun} was not found`);

/** The body of a refusal, in the shape and wording that the switches ask for. */
export function refusalBody(
  refusal: Refusal,
  switches: { readonly error_wording: string; readonly validation_body: string },
): Json {
  if (refusal.fixed) return refusal.fixed;
  if (refusal.status === 422 && switches.validation_body === 'detail') {
    return { detail: refusal.details.map(({ loc, msg, type }) => ({ loc, msg, type })) };
  }
  return switches.error_wording === 'words'
    ? { error: { type: refusal.type, message: refusal.type.replaceAll('_', ' ') } }
    : { error: { message: refusal.message } };
}
