import type { Json, JsonObject } from '../json.ts';
import type { Switches } from '../switches.ts';

/** Why something cannot be pushed. */
export interface Reason {
  readonly code:
    | 'not_connected'
    | 'object_missing'
    | 'ledger_account_missing'
    | 'ledger_account_unknown'
    | 'ledger_account_archived'
    | 'ledger_account_internal'
    | 'tax_rate_missing'
    | 'tax_rate_unknown'
    | 'tax_rate_internal'
    | 'payments_account_missing'
    | 'deductions_rate_missing';
  /** The member of the object, or of the settings, that is to blame. */
  readonly field: string;
  readonly message: string;
}

/** Reasons as the `errors` of a synchronization record, whose shape nobody has published. */
export function errorsOf(reasons: readonly Reason[], shape: Switches['record_errors']): JsonObject {
  const [first] = reasons;
  if (first === undefined || shape === 'empty') return {};
  if (shape === 'message') return { message: reasons.map(({ message }) => message).join('; ') };
  if (shape === 'list') return { errors: reasons.map(({ code, message }): Json => ({ code, message })) };
  const fields = [...new Set(reasons.map(({ field }) => field))];
  const texts = (name: string) => reasons.filter(({ field }) => field === name).map(({ message }) => message);
  return Object.fromEntries(fields.map((name) => [name, texts(name)]));
}
