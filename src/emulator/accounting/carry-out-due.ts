import type { World } from '../call.ts';
import type { Write } from '../state.ts';
import { authorised, connectionOf } from './connection.ts';
import { pulled, scheduled } from './pull.ts';
import { pushed } from './push.ts';
import { over, type Task, underWay } from './under-way.ts';

/** Does what is over by now in an organization, the earliest first, each at its own time. */
export function carryOutDue(organization: string, world: World): void {
  world.store.commit(scheduled(organization, world));
  for (;;) {
    const tasks = dueTasks(organization, world);
    const [first] = tasks;
    if (first === undefined) return;
    world.store.commit([
      ...tasks.map((task) => over(organization, task)),
      ...outcome(organization, first, tasks, world),
    ]);
  }
}

/** The first that is over or, of pushes, as many as are over before anything else is. */
function dueTasks(organization: string, { store, now }: World): readonly Task[] {
  const time = now().getTime();
  const tasks: Task[] = [];
  for (const task of underWay(store.organization(organization))) {
    if (task.due.getTime() > time) break;
    if (tasks.length > 0 && task.kind !== 'push') break;
    tasks.push(task);
    if (task.kind !== 'push') break;
  }
  return tasks;
}

function outcome(organization: string, first: Task, tasks: readonly Task[], world: World): readonly Write[] {
  switch (first.kind) {
    case 'authorise': {
      const connection = connectionOf(organization, first.target, world);
      return connection === null ? [] : authorised(connection, 'xero', first.due, world);
    }
    case 'pull':
      return pulled(organization, first, world);
    case 'push':
      return pushed(organization, tasks, world);
  }
}
