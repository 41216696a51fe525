import { choice, type Switch } from './switch.ts';

type Duration = `${number}ms`;

const durationForm = /^(?:0|[1-9]\d{0,7})ms$/;

const duration = (about: string, fallback: Duration, ...others: readonly Duration[]): Switch<Duration> => ({
  about,
  fallback,
  values: [fallback, ...others],
  form: durationForm,
});

const authorisation: Switch<'page' | Duration> = {
  about:
    'Who authorises a new connection: a person on the page that `connection_url` names, or nobody: it is connected so many milliseconds later.',
  fallback: 'page',
  values: ['page', '0ms', '500ms'],
  form: /^(?:page|(?:0|[1-9]\d{0,7})ms)$/,
};

/** The milliseconds that a switch says. */
export const millisecondsOf = (duration: Duration): number => Number.parseInt(duration, 10);

/** Switches of connections to accounting systems and of pulls. */
export const connectionSwitches = {
  authorisation,
  second_connection: choice('A second connection while one is active.', '409', '400', 'created'),
  pull_time: duration('How long a pull from the accounting system takes.', '1000ms', '0ms', '10000ms'),
  scheduled_pull: choice(
    'How often a pull runs by itself: never, so that nothing moves unasked, or as documented.',
    'never',
    '1h',
    '24h',
  ),
  sync_running: choice('Asking for a pull while one runs: it goes on, or 409.', '202', '409'),
  sync_not_connected: choice(
    'Asking for a pull without a working connection; 202 without anything that happens.',
    '409',
    '400',
    '202',
  ),
  disconnect_again: choice('Disconnecting what is disconnected.', '200', '409'),
  disconnect_answer: choice(
    'Answer to a disconnect: the whole connection, or without `connection_url` as in the sample.',
    'whole',
    'without_url',
  ),
} as const;
