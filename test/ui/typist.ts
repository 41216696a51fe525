import type { Screen } from './screen.ts';

/** Somebody who types when the screen shows what they wait for. */
export interface Typist {
  /** To be told of everything that is drawn. */
  readonly drawn: (text: string) => void;
  /** Waits until the screen shows this. */
  readonly until: (shown: string | RegExp) => Promise<string>;
  /** No more will be drawn. */
  readonly ended: () => void;
}

/** Key strokes as terminals send them. */
export const keys = {
  enter: '\r',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  pageDown: '\u001b[6~',
  pageUp: '\u001b[5~',
  escape: '\u001b',
  backspace: '\u007f',
  interrupt: '\u0003',
} as const;

/** Milliseconds, on a machine that has much else to do. */
const patience = 30_000;

/** Watches a screen. */
export function watching(screen: Screen): Typist {
  let check = (): void => {};
  let over = false;
  const shows = (wanted: string | RegExp): boolean =>
    typeof wanted === 'string' ? screen.text().includes(wanted) : wanted.test(screen.text());
  return {
    drawn: (text) => {
      screen.feed(text);
      check();
    },
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const missed = (why: string): void =>
          reject(new Error(`${why} and did not show ${String(wanted)}:\n${screen.text()}`));
        // Who waits in vain is told what there was instead.
        const late = setTimeout(() => missed('it went on'), patience);
        check = () => {
          if (!shows(wanted) && !over) return;
          clearTimeout(late);
          if (shows(wanted)) resolve(screen.text());
          else missed('it ended');
        };
        check();
      }),
    ended: () => {
      over = true;
      check();
    },
  };
}
