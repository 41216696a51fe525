import { commandFor, shellWord } from '../accounting/command-for.ts';
import { type DiffClass, type DiffRow, diffClasses } from '../model/document-diff.ts';
import { printable } from './printable.ts';

/** An id of the service in a command that somebody copies. */
const idWord = (id: string): string => shellWord(printable(id));

/** Pushes one document again; null where its record is not what a push goes by. */
export const pushAgain = (row: DiffRow, named: string | null): string | null =>
  row.record !== null && (row.class === 'missing' || row.class === 'failed')
    ? commandFor(
        `ledgerform records retry ${idWord(row.record.id)}${row.class === 'missing' ? ' --force' : ''} --wait`,
        named,
      )
    : null;

/** One line for each class that is listed and leaves something to do: what comes next. */
export function nextSteps(shown: readonly DiffRow[], named: string | null): string {
  const run = (command: string): string => commandFor(`ledgerform ${command}`, named);
  const [there] = shown.filter((row) => row.class === 'there_only');
  const steps: Readonly<Partial<Record<DiffClass, string>>> = {
    missing: `What is missing without a record: ${run('readiness')} says what keeps it back.`,
    failed: `What failed: ${run('records list --status error')} says what helps, ${run('records retry --failed --wait')} pushes it again.`,
    pending: `What is pending: ${run('connection sync --wait')} shows what has arrived.`,
    differs: 'What is different: correct it on the side that is wrong, and pull.',
    elsewhere:
      'What was pushed to another accounting system is not pushed again by itself: enter there what is still needed.',
    there_only: `What is not ours: ${run(`documents ${there?.list ?? 'payables'} show ${idWord(there?.there?.id ?? 'ID')}`)} shows ${
      shown.filter((row) => row.class === 'there_only').length === 1 ? 'it' : 'the first of them'
    }; nothing is to be done where somebody made it there.`,
  };
  const isNamed = (name: DiffClass): boolean =>
    shown.some((row) => row.class === name && (name !== 'missing' || row.record === null));
  return diffClasses
    .flatMap((name) => (isNamed(name) ? [`${steps[name] ?? ''}\n`] : []))
    .filter((line) => line !== '\n')
    .join('');
}
