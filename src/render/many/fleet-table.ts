import type { Action, Plan } from '../../model/plan.ts';
import type { OrganizationResult } from '../../model/result.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { counted } from '../summary-text.ts';
import { table } from '../table.ts';

/** A line of the table: a result, the plan that is shown of it, and what it came to in words. */
export interface Line {
  readonly result: OrganizationResult;
  readonly plan: Plan | null;
  readonly words: string;
}

/** The line that the output for many begins with: how many organizations, in which environments, behind which URLs. */
export function fleetHeader(results: readonly OrganizationResult[], paint: Paint): string {
  const asked = results.filter(({ skipped }) => skipped === null);
  const places = new Set(
    asked.flatMap(({ api_url: url, environment }) => {
      if (environment === null) return [];
      const where = environment === 'production' ? paint.red(environment) : environment;
      return [url === null || url === environment ? where : `${where} ${printable(url)}`];
    }),
  );
  return `${[paint.bold(counted(asked.length, 'organization')), ...places].join(' · ')}\n`;
}

const actions: readonly Action[] = ['create', 'update', 'set', 'assign', 'unassign', 'delete'];
const columns: readonly (Action | 'drift')[] = [...actions, 'drift'];

/** A line for each organization: who, from which file, where, how many changes of each action, and the result. */
export function fleetTable(lines: readonly Line[]): string {
  const used = columns.filter((each) => lines.some(({ plan }) => (plan?.summary[each] ?? 0) > 0));
  const titles = ['organization', 'configuration', 'environment', ...used, 'result'];
  const rows = lines.map(({ plan, result, words }) => [
    result.organization === null ? '' : printable(result.organization.name ?? result.organization.id),
    printable(result.path),
    result.environment ?? '',
    ...used.map((each) => (plan && plan.summary[each] > 0 ? String(plan.summary[each]) : '')),
    words,
  ]);
  return table(titles, rows, ['configuration', 'result']);
}
