import { counted } from './summary-text.ts';

/** What reading lines will take: a request for each payable. */
export interface ReadEstimate {
  readonly payables: number;
  readonly requests: number;
}

/** `reads the lines of 2,000 payables: about 2,000 requests, 67 s at 30 a second` */
export function estimateText({ payables, requests }: ReadEstimate, limitPerSecond: number): string {
  const what = `reads the lines of ${counted(payables, 'payable')}: about ${counted(requests, 'request')}`;
  // So much means that there is no limit.
  if (limitPerSecond >= 10_000) return what;
  const seconds = Math.ceil(requests / limitPerSecond);
  return `${what}, ${seconds < 1 ? 1 : seconds} s at ${limitPerSecond} a second`;
}
