/** When a command ends with this exit code. */
export type Ending = readonly [code: 2 | 4 | 5, when: string];

/**
 * What the exit codes mean that not every command has, by command. A command without any is there too, so that a new one is
 * not forgotten.
 */
export const commandExits: Readonly<Record<string, readonly Ending[]>> = {
  init: [],
  validate: [],
  fmt: [[2, 'with `--check`: a file would be changed']],
  plan: [
    [2, 'with `--detailed-exitcode`: there are changes'],
    [4, 'a guard refuses the plan; it is shown, and saved with `--out`'],
  ],
  apply: [
    [
      4,
      'a guard, a plan that is stale or out of date, a commit behind what was applied, any answer but `yes`',
    ],
    [5, 'something was written, and not all is done, proven and, with `--record`, recorded'],
  ],
  drift: [
    [2, 'something has drifted; after `--repair` or `--accept`: something is left for a person'],
    [4, '`--repair`: a guard, something that has moved since it was shown, or any answer but `yes`'],
    [5, '`--repair`: something was written, and not all is done and proven'],
  ],
  list: [],
  import: [[4, 'a file that says something else is there']],
  'import csv': [[4, 'with `--out`: a file that says something else is there']],
  'export csv': [[4, 'with `--out`: a file that says something else is there']],
  assign: [
    [2, 'some of what was chosen could not be written; where nothing could be, it is 3'],
    [4, 'quit, or any answer but `yes`; nothing is written'],
  ],
  readiness: [[2, 'something blocks a push']],
  'connection status': [[2, 'with `--require`: it is not so, with `--wait` not even in that time']],
  'connection connect': [
    [2, 'with `--wait`: nobody authorised it in that time, or it was declined'],
    [4, 'a connection is active already'],
    [5, 'nobody knows whether one was begun, or it was begun and could not be waited for'],
  ],
  'connection sync': [
    [5, 'a pull was begun, or may have been, and with `--wait` did not end well in that time'],
  ],
  'connection disconnect': [
    [4, 'any answer but `yes`'],
    [5, 'nobody knows whether it was ended'],
  ],
  'records list': [],
  'records show': [],
  'records retry': [
    [4, 'a record that is not in error, without `--force`; any answer but `yes`'],
    [5, 'something was pushed, and not all of it has arrived, with `--wait` not even in that time'],
  ],
  'documents payables list': [],
  'documents payables show': [],
  'documents receivables list': [],
  'documents receivables show': [],
  'documents diff': [[2, 'something differs, of the classes that `--only` names']],
  explain: [],
  history: [],
  'local start': [],
  'local reset': [],
  schema: [],
  completion: [],
};
