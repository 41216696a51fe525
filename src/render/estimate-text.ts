import { counted } from './summary-text.ts';

/** What reading the lines of so many payables will take, a request for each: `reads the lines of 2,000 payables: about 2,000 requests, 67 s at 30 a second`. */
export function estimateText(payables: number, limitPerSecond: number): string {
  const what = `reads the lines of ${counted(payables, 'payable')}: about ${counted(payables, 'request')}`;
  // So much means that there is no limit.
  if (limitPerSecond >= 10_000) return what;
  return `${what}, ${Math.ceil(payables / limitPerSecond)} s at ${limitPerSecond} a second`;
}
