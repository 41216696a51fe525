import type { ByHand } from '../change-live.ts';

/** Somebody types a line, waits until the terminal wants another one, and reads. */
export interface Line {
  readonly types: string;
  /** What the terminal then waits for: the prompt of the shell, unless this says another. */
  readonly awaits?: RegExp;
  /** What somebody else does before the next line. */
  readonly meanwhile?: readonly ByHand[];
  readonly pace?: number;
  readonly pause: number;
}

/** The organization of the files in `books`. */
export const organization = '9d2b4c8f-2087-4738-ba91-7359683c49a4';

/** The size of the terminal. */
export const size = { columns: 90, rows: 29 };

/*
 * The main job in half a minute: what is written, what it would do, what it did, that it is done, and that a change by hand does not go
 * unseen. Commands are chosen for what they print: nothing that is another on another day or machine, but for the ids in `canonical.ts`.
 */
export const play: readonly Line[] = [
  { types: 'cat ledgerform.yaml', pause: 2600, pace: 15 },
  { types: 'ledgerform validate', pause: 1400 },
  { types: 'ledgerform plan', pause: 4000 },
  { types: 'ledgerform apply', awaits: /"yes" is accepted:$/, pause: 1200, pace: 15 },
  { types: 'yes', pause: 3000, pace: 90 },
  { types: 'ledgerform plan', pause: 2000 },
  {
    types: '# Meanwhile somebody renames an account by hand, in Tesouro.',
    meanwhile: [
      { path: 'ledger-accounts', where: ['nominal_code', '0980'], changes: { name: 'Petty cash' } },
    ],
    pause: 900,
  },
  { types: 'ledgerform drift --base HEAD; echo "exit code $?"', pause: 5500 },
];

/** What the picture says to whoever does not see it. */
export const caption = {
  title: 'Ledgerform in a terminal',
  description: [
    'A configuration with two ledger accounts, the account for payments and a rule for products is validated, planned and, after a “yes”, applied.',
    'A second plan finds nothing to change. Then somebody renames an account by hand in Tesouro, and drift shows it and ends with exit code 2.',
  ].join(' '),
};
