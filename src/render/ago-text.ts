import { counted } from './summary-text.ts';

const units: readonly (readonly [noun: string, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago something was: `3 hours ago`; `just now` also where a clock is a little behind. */
export function agoText(then: number, now: number): string {
  const seconds = Math.floor((now - then) / 1000);
  const [noun, size] = units.find((unit) => seconds >= unit[1]) ?? ['second', 1];
  return seconds < 5 ? 'just now' : `${counted(Math.floor(seconds / size), noun)} ago`;
}
