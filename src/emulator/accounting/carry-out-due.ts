import type { World } from '../call.ts';
import type { Write } from '../state.ts';
import { authorised, connectionOf } from './connection.ts';
import { pulled, scheduled } from './pull.ts';
import { over, type Task, underWay } from './under-way.ts';

/** Does what is over by now in an organization, the earliest first, each at its own time. */
export function carryOutDue(organization: string, world: World): void {
  world.store.commit(scheduled(organization, world));
  for (;;) {
    const task = dueTask(organization, world);
    if (task === null) return;
    world.store.commit([over(organization, task), ...outcome(organization, task, world)]);
  }
}

function dueTask(organization: string, { store, now }: World): Task | null {
  const [first] = underWay(store.organization(organization));
  return first !== undefined && first.due.getTime() <= now().getTime() ? first : null;
}

function outcome(organization: string, task: Task, world: World): readonly Write[] {
  switch (task.kind) {
    case 'authorise': {
      const connection = connectionOf(organization, task.target, world);
      return connection === null ? [] : authorised(connection, 'xero', task.due, world);
    }
    case 'pull':
      return pulled(organization, task, world);
    case 'push':
      return [];
  }
}
