import { setTimeout as pause } from 'node:timers/promises';

/** One line of a task list. */
export interface Task {
  readonly title: () => string;
  readonly done: () => boolean;
  /** Asked at its end: whether something in it went wrong or was left, so that it gets no sign of success. */
  readonly failed: () => boolean;
}

const redrawEvery = 100;

/** Does the work while a list of tasks moves on stderr. The list ends with the work, and its signals stay ours. */
export async function animate<T>(tasks: readonly Task[], work: () => Promise<T>): Promise<T> {
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  let ended = false;
  let broken = false;
  const result = work()
    .catch((error: unknown) => {
      broken = true;
      throw error;
    })
    .finally(() => {
      ended = true;
    });
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  const list = new Listr(
    tasks.map(({ title, done, failed }) => ({
      title: title(),
      task: async (_: unknown, line: { title?: string }) => {
        while (!ended && !done()) {
          line.title = title();
          await pause(redrawEvery);
        }
        line.title = title();
        if (failed() || (broken && !done())) throw new Error(title());
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      renderer: 'default',
      rendererOptions: { logger, showSubtasks: false, showErrorMessage: false, collapseErrors: false },
      fallbackRenderer: 'silent',
    },
  );
  const [settled] = await Promise.all([Promise.allSettled([result]), list.run()]);
  if (settled[0].status === 'rejected') throw settled[0].reason;
  return settled[0].value;
}
