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

/** Switches of pushes to accounting systems and of what can be seen of them. */
export const pushSwitches = {
  push_time: duration('How long a push to the accounting system takes.', '500ms', '0ms', '5000ms'),
  bill_push_status: choice(
    'From which status on a bill is pushed: `new`, or only once it is approved.',
    'new',
    'approved',
  ),
  internal_push: choice(
    'Whether something with an internal account or rate can be pushed: where the accounting system has one of that code (or, without a code, name), always, or never.',
    'matched',
    'accepted',
    'refused',
  ),
  record_errors: choice(
    'The `errors` of a record whose push failed: a list of messages, one message, texts by field, or nothing.',
    'list',
    'message',
    'fields',
    'empty',
  ),
  push_not_in_error: choice(
    'Pushing a record that is not in error: it is pushed again, or 409.',
    'accepted',
    '409',
  ),
  pushed_documents: choice(
    'When a document that was pushed is among those of the accounting system: at once, or after the next pull.',
    'at_once',
    'next_pull',
  ),
  document_ids: choice(
    'Whose ids those documents have: `platform_object_id` or `provider_object_id` of their records.',
    'platform',
    'provider',
  ),
  documents_without_connection: choice(
    'Reading those documents without a working connection.',
    '409',
    '404',
    'empty',
  ),
} as const;
