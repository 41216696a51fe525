import { type Cell, type Clean, runCell } from './http-cell.ts';

/* Runs cells side by side: they wait most of the time. */

const sideBySide = 24;

/** What the cells of one kind of fault came to. */
export interface Group {
  readonly name: string;
  readonly cells: number;
  /** Requests that were struck, or why a cell failed. */
  readonly done: Promise<{ readonly struck: number; readonly failures: readonly string[] }>;
}

interface Result {
  readonly struck: number;
  readonly failure: string | null;
}

/** Starts all cells; each group ends when its last cell does. */
export function startMatrix(cells: readonly Cell[], clean: Clean): readonly Group[] {
  const results = pooled(cells.map((cell) => () => resultOf(cell, clean)));
  const groups = new Map<string, Promise<Result>[]>();
  cells.forEach(({ group }, at) => {
    const result = results[at];
    if (result) groups.set(group, [...(groups.get(group) ?? []), result]);
  });
  return [...groups].map(([name, all]) => ({
    name,
    cells: all.length,
    done: Promise.all(all).then((each) => ({
      struck: each.reduce((sum, { struck }) => sum + struck, 0),
      failures: each.flatMap(({ failure }) => failure ?? []),
    })),
  }));
}

async function resultOf(cell: Cell, clean: Clean): Promise<Result> {
  try {
    return { struck: await runCell(cell, clean), failure: null };
  } catch (error) {
    const said = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
    return { struck: 0, failure: `${cell.name}\n${JSON.stringify(cell.faults)}\n${said}` };
  }
}

/** Promises of all results; never more than some are under way. */
function pooled<T>(tasks: readonly (() => Promise<T>)[]): readonly Promise<T>[] {
  const free: (() => void)[] = [];
  let open = sideBySide;
  const turn = async (): Promise<void> => {
    if (open > 0) open -= 1;
    else await new Promise<void>((resolve) => free.push(resolve));
  };
  const leave = (): void => {
    const next = free.shift();
    if (next) next();
    else open += 1;
  };
  return tasks.map(async (task) => {
    await turn();
    try {
      return await task();
    } finally {
      leave();
    }
  });
}
