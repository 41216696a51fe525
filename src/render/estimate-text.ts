import { counted } from './summary-text.ts';

/** What reading the lines of so many payables will take, a request for each: `reads the lines of 2,000 payables: about 2,000 requests, 67 s at 30 a second`. */
export function estimateText(payables: number, limitPerSecond: number): string {
  const what = `reads the lines of ${counted(payables, 'payable')}`;
  return `${what}: about ${counted(payables, 'request')}${atLimit(payables, limitPerSecond)}`;
}

/**
 * What reading something will take at least, where pages tell only while they are read how many there are: `reads the
 * synchronization records of 6 types: 6 requests or more, under a second at 30 a second`.
 */
export function atLeastText(what: string, requests: number, limitPerSecond: number): string {
  return `reads ${what}: ${counted(requests, 'request')} or more${atLimit(requests, limitPerSecond)}`;
}

/** What pushing takes, some requests for each record: `pushes 2,502 records: about 5,004 requests, 2 min 47 s at 30 a second`. */
export function pushingText(records: number, requestsEach: number, limitPerSecond: number): string {
  const requests = records * requestsEach;
  return `pushes ${counted(records, 'record')}: about ${counted(requests, 'request')}${atLimit(requests, limitPerSecond)}`;
}

/** How long something lasts, in words that are read at a glance: `48 s`, `4 min 12 s`, `1 h 5 min`. A begun second counts. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min${rest(whole % 60, 's')}`;
  return `${Math.floor(minutes / 60)} h${rest(minutes % 60, 'min')}`;
}

const rest = (count: number, unit: string): string => (count === 0 ? '' : ` ${count} ${unit}`);

/** How long so many requests last: `, 67 s at 30 a second`. */
export function atLimit(requests: number, limitPerSecond: number): string {
  // So much means that there is no limit.
  if (limitPerSecond >= 10_000) return '';
  const lasts = requests < limitPerSecond ? 'under a second' : durationText(requests / limitPerSecond);
  return `, ${lasts} at ${limitPerSecond} a second`;
}
