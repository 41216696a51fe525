import { Writable } from 'node:stream';
import { errorProblem, Stop } from '../../model/problem.ts';
import {
  type PickLine,
  type PickView,
  pageSize,
  pickText,
  type Size,
} from '../../render/assign/pick-text.ts';
import type { Paint } from '../../render/paint.ts';
import type { ProcessEdge } from '../process-edge.ts';

/** One thing that can be chosen. */
export interface PickEntry<T> extends PickLine {
  readonly value: T;
}

/** A question with a list. */
export interface Question<T> {
  readonly place: string;
  readonly title: string;
  readonly about: string;
  /** Before what is typed. */
  readonly prompt: string;
  /** Whether anything can be typed. */
  readonly typing: boolean;
  /** What matches what is typed. */
  readonly find: (typed: string) => readonly PickEntry<T>[];
  readonly others: readonly PickEntry<T>[];
  /** Whether Enter takes the first of the list before anybody has typed or moved: where something speaks for it. */
  readonly takesFirst: boolean;
  /** What Esc means, if anything. */
  readonly escape: T | null;
  readonly help: string;
}

/** Where questions are asked. */
export interface Asking {
  readonly edge: Pick<ProcessEdge, 'stdin' | 'stderr'>;
  readonly paint: Paint;
  readonly stop: AbortSignal;
}

/** Whether somebody can be asked: there is a terminal to type in, and one to draw in. */
export const canAsk = ({ stderr, stdin }: Pick<ProcessEdge, 'stdin' | 'stderr'>): boolean =>
  stdin.isTTY === true && stderr.isTTY === true;

/**
 * Asks on stderr: arrows move, typing filters, Enter takes. Ctrl-C and the end of the input are Stop (exit 130). The question is gone from
 * the screen when it is answered.
 */
export async function pick<T>(question: Question<T>, { edge, paint, stop }: Asking): Promise<T> {
  const core = await import('@inquirer/core');
  const ask = core.createPrompt<T, null>((_, done) => draw(question, { edge, paint }, core, done));
  const ended = new AbortController();
  const onEnd = (): void => ended.abort();
  edge.stdin.once('end', onEnd);
  try {
    return await ask(null, {
      input: edge.stdin,
      output: drawnOn(edge.stderr),
      clearPromptOnDone: true,
      signal: AbortSignal.any([stop, ended.signal]),
    });
  } catch (error) {
    if (error instanceof Error && /^(ExitPrompt|AbortPrompt)Error$/.test(error.name)) throw interrupted;
    throw error;
  } finally {
    edge.stdin.off('end', onEnd);
  }
}

type Core = Pick<typeof import('@inquirer/core'), 'isEnterKey' | 'useKeypress' | 'useState'>;

/** The question as it stands now, and what the next key makes of it. */
function draw<T>(
  question: Question<T>,
  { edge, paint }: Omit<Asking, 'stop'>,
  { isEnterKey, useKeypress, useState }: Core,
  done: (value: T) => void,
): [above: string, below: string] {
  const { about, find, help, others, place, prompt, title } = question;
  const [typed, setTyped] = useState('');
  const start = question.takesFirst ? 0 : -1;
  const [moved, setMoved] = useState(start);
  const lines = find(typed);
  const all = [...lines, ...others];
  // What is typed and matches nothing must not end in something that nobody chose.
  const active = lines.length === 0 && moved <= 0 && typed !== '' ? -1 : Math.min(moved, all.length - 1);
  const view: PickView = { place, title, about, prompt, typed, lines, others, active, help, paint };
  useKeypress((key, line) => {
    const taken = all[active];
    if (isEnterKey(key)) {
      if (taken) done(taken.value);
      // Enter has emptied the line.
      else line.write(typed);
    } else if (key.name === 'escape') {
      if (question.escape !== null) done(question.escape);
    } else if (isMove(key.name)) {
      setMoved(movedTo(key.name, active, view, sizeOf(edge.stderr)));
      retype(line, typed);
    } else if (!question.typing) retype(line, '');
    else if (line.line !== typed) {
      setTyped(line.line);
      setMoved(line.line === '' ? start : 0);
    }
  });
  const { above, below } = pickText(view, sizeOf(edge.stderr));
  return [above, below];
}

const interrupted = new Stop(130, [errorProblem('INTERRUPTED', 'Interrupted before anything was written.')]);

/** The keys that move; a line editor takes none of them for a letter but the tab. */
const moves = ['up', 'down', 'pageup', 'pagedown', 'tab'] as const;
type Move = (typeof moves)[number];
const isMove = (name: string): name is Move => moves.some((each) => each === name);

/** Where a key leads from a place in the list, or from none (-1); up and down go round, the tab goes between the list and what else can be done. */
export function movedTo(
  key: Move,
  active: number,
  view: Pick<PickView, 'lines' | 'others'>,
  size: Size,
): number {
  const [lines, all] = [view.lines.length, view.lines.length + view.others.length];
  const page = pageSize(view, size);
  if (active < 0 && (key === 'down' || key === 'pageup')) return 0;
  if (key === 'tab') return active < lines ? Math.min(lines, all - 1) : 0;
  if (key === 'pagedown') return active < lines ? Math.min(active + page, lines - 1) : all - 1;
  if (key === 'pageup') return Math.max(0, Math.min(active, lines) - page);
  return (Math.max(active, 0) + (key === 'up' ? all - 1 : 1)) % Math.max(1, all);
}

/** Puts back what was typed: a tab has become a part of the line. */
function retype(
  line: { readonly line: string; clearLine: (direction: 0) => void; write: (text: string) => void },
  typed: string,
): void {
  if (line.line === typed) return;
  line.clearLine(0);
  line.write(typed);
}

const sizeOf = ({ columns, rows }: ProcessEdge['stderr']): Size => ({
  columns: columns || 80,
  rows: rows || 30,
});

/** The stream as the drawing wants it: it asks how wide it is, and ends it. */
function drawnOn(stderr: ProcessEdge['stderr']): Writable {
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _, done) => {
      stderr.write(String(chunk));
      done();
    },
  });
  return Object.defineProperties(output, {
    isTTY: { value: true },
    columns: { get: () => sizeOf(stderr).columns },
    rows: { get: () => sizeOf(stderr).rows },
  });
}
