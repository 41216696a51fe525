const day = /^\d{4}-\d{2}-\d{2}$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const dayLength = 24 * 60 * 60 * 1000;

/** A span of time in milliseconds; `from` belongs to it, `before` does not. */
export interface Span {
  readonly from: number;
  readonly before: number;
}

/** The span that a rule means: a date is the whole day in UTC, both ends belong to it. An end that is no time is NaN: nothing is in such a span. */
export function spanOf({ from, to }: { readonly from?: string; readonly to?: string }): Span {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : instantOf(from),
    before:
      to === undefined ? Number.POSITIVE_INFINITY : instantOf(to) + (day.test(to.trim()) ? dayLength : 1),
  };
}

/** Milliseconds of a date or an instant; without a zone it is UTC, as the API writes it. NaN where it is neither. */
export function instantOf(text: string): number {
  const trimmed = text.trim();
  return Date.parse(day.test(trimmed) || zone.test(trimmed) ? trimmed : `${trimmed}Z`);
}

/** Whether a moment is within the span; a moment that is not known is not. */
export function isWithin({ from, before }: Span, text: string | null): boolean {
  if (text === null) return from === Number.NEGATIVE_INFINITY && before === Number.POSITIVE_INFINITY;
  const moment = instantOf(text);
  return moment >= from && moment < before;
}
