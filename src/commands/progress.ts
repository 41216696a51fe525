import type { ApplyEvent } from '../apply/apply.ts';
import type { Traffic } from '../model/account.ts';
import type { Plan } from '../model/plan.ts';
import type { Notify } from '../observe/each-payable.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { atLeastText, estimateText } from '../render/estimate-text.ts';
import { titleOf } from '../render/plan-text.ts';
import { counted, numberText } from '../render/summary-text.ts';
import { type Pace, startPace } from './pace.ts';
import type { Shell } from './shell.ts';
import { animate, type Task } from './task-list.ts';

/** Milliseconds between two lines of progress where there is no terminal to draw in. */
const lineEvery = 5000;

/** Says on stderr, before it begins, what something will read; silent with `-q`. For what the list that moves will not say itself. */
export const announce = (shell: Shell, text: string): void =>
  shell.note(`${text.charAt(0).toUpperCase()}${text.slice(1)}.\n`);

/**
 * Does reading work and shows on stderr that it goes on: a moving line in a terminal, a line now and then elsewhere. What
 * reading lines of payables will cost is told before it starts.
 */
export function showReading<T>(
  shell: Shell,
  traffic: () => Traffic,
  work: (notify: Notify) => Promise<T>,
): Promise<T> {
  const { notify, title } = trackReading(shell, traffic);
  return showTitle(shell, title, () => work(notify));
}

/** Keeps the line of progress of reading work: what it will cost, then how far it is and how long it will take. */
export function trackReading(
  shell: Shell,
  traffic: () => Traffic,
): { readonly title: () => string; readonly notify: Notify } {
  let lines = () => '';
  let pace = startPace(shell.edge.now);
  const title = () =>
    `Reading what is live · ${counted(traffic().requests, 'request')}${lines()}${stopping(shell)}`;
  const notify: Notify = (event) => {
    if (event.type === 'progress') {
      const { done, total } = event;
      lines = () => ` · lines of ${numberText(done)}/${counted(total, 'payable')}${pace(done, total)}`;
    } else {
      const { limitPerSecond } = traffic();
      const text =
        event.type === 'estimate'
          ? estimateText(event.requests, limitPerSecond)
          : atLeastText(event.what, event.requests, limitPerSecond);
      lines = () => ` · ${text}`;
      if (event.type === 'estimate') pace = startPace(shell.edge.now);
      // A list that moves has it in its line: another line would break it.
      if (!isLively(shell)) announce(shell, text);
    }
  };
  return { title, notify };
}

interface Counter {
  readonly total: number;
  done: number;
  failed: number;
  /** What will not be done in this run. */
  skipped: number;
  pace: Pace | null;
}

/** Does the writes of a plan and shows how far they are: one line for each kind, never one for each change. */
export function showWriting<T>(
  shell: Shell,
  plan: Plan,
  work: (notify: (event: ApplyEvent) => void) => Promise<T>,
): Promise<T> {
  const { notify, tasks } = trackWriting(shell, plan);
  return show(shell, tasks, () => work(notify));
}

/** Keeps the lines of progress of writes: each kind goes at its own pace from its first write on. */
export function trackWriting(
  shell: Shell,
  plan: Plan,
): { readonly tasks: readonly Task[]; readonly notify: (event: ApplyEvent) => void } {
  const counters = new Map<string, Counter>();
  for (const { kind } of plan.changes)
    counters.set(kind, {
      total: (counters.get(kind)?.total ?? 0) + 1,
      done: 0,
      failed: 0,
      skipped: 0,
      pace: null,
    });
  const tasks = [...counters].map(
    ([kind, counter]): Task => ({
      title: () => {
        const { done, pace, skipped, total } = counter;
        const failed = counter.failed === 0 ? '' : ` · ${counter.failed} failed`;
        const left = pace?.(done, total) ?? '';
        return `${titleOf(kind, kinds)} ${numberText(done)}/${numberText(total)}${failed}${left}${done + skipped < total ? leaving(shell) : ''}`;
      },
      done: () => counter.done >= counter.total,
      failed: () => counter.failed > 0 || counter.done < counter.total,
    }),
  );
  const notify = (event: ApplyEvent): void => {
    const counter = counters.get(event.change.kind);
    if (counter === undefined) return;
    counter.pace ??= startPace(shell.edge.now);
    if (event.type === 'started') return;
    const { status } = event.outcome;
    // What is left out is no progress: an interrupted run would end with all of it behind a sign of success.
    counter[status === 'skipped' ? 'skipped' : 'done'] += 1;
    if (status === 'failed' || status === 'unknown') counter.failed += 1;
  };
  return { tasks, notify };
}

const stopping = ({ interrupt }: Shell): string => (interrupt.stop.aborted ? ' · stopping' : '');

/** While lists move nothing else on stderr is seen before they end, so they say it. */
const leaving = ({ interrupt }: Shell): string =>
  interrupt.stop.aborted && !interrupt.abort.aborted ? ' · stopping, Ctrl-C again stops at once' : '';

/** Does work under one line that moves; asked at its end whether it failed, the line gets no sign of success. */
export const showTitle = <T>(
  shell: Shell,
  title: () => string,
  work: () => Promise<T>,
  failed: () => boolean = () => false,
): Promise<T> => show(shell, [{ title, done: () => false, failed }], work);

async function show<T>(shell: Shell, tasks: readonly Task[], work: () => Promise<T>): Promise<T> {
  if (shell.quiet || tasks.length === 0) return work();
  if (isLively(shell)) return animate(tasks, work);
  const timer = setInterval(() => shell.note(`${tasks.map(({ title }) => title()).join(', ')}\n`), lineEvery);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** A terminal that can be drawn in; one that says it has no columns would get a letter in each line. */
export function isLively({ edge, verbose }: Shell): boolean {
  const { stderr, stdout, variables } = edge;
  const calm = verbose || (variables.CI ?? '') !== '' || variables.TERM === 'dumb';
  return !calm && stdout.isTTY === true && stderr.isTTY === true && (stderr.columns ?? 0) >= 20;
}
