import type { Action, Plan } from '../../model/plan.ts';
import type { OrganizationResult } from '../../model/result.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { counted } from '../summary-text.ts';
import { table } from '../table.ts';
import { isFragment } from './result-words.ts';

/** A line of the table: a result, the plan that is shown of it, and what it came to in words. */
export interface Line {
  readonly result: OrganizationResult;
  readonly plan: Plan | null;
  readonly words: string;
}

/** The line that the output for many begins with: how many organizations, in which environments, behind which URLs. */
export function fleetHeader(results: readonly OrganizationResult[], paint: Paint): string {
  const asked = results.filter((each) => each.skipped === null && !isFragment(each));
  const reached = new Set(asked.flatMap((each) => (each.api_url === null ? [] : each.environment)));
  const places = new Set(
    asked.flatMap(({ api_url: url, environment }) => {
      // What failed before it had a URL is in the same place as the others.
      if (environment === null || (url === null && reached.has(environment))) return [];
      const where = environment === 'production' ? paint.red(environment) : environment;
      return [url === null || url === environment ? where : `${where} ${printable(url)}`];
    }),
  );
  return `${[paint.bold(counted(asked.length, 'organization')), ...places].join(' · ')}\n`;
}

const actions: readonly Action[] = ['create', 'update', 'set', 'assign', 'unassign', 'delete'];
const columns: readonly (Action | 'drift')[] = [...actions, 'drift'];

/** A line for each organization (none without any): who, from which file, where, how many changes of each action, and the result. */
export function fleetTable(lines: readonly Line[], of: 'configuration' | 'plan', room: number): string {
  if (lines.length === 0) return '';
  const used = columns.filter((each) => lines.some(({ plan }) => (plan?.summary[each] ?? 0) > 0));
  const titles = ['organization', of, 'environment', ...used, 'result'];
  const rows = lines.map(({ plan, result, words }) => [
    result.organization === null ? '' : printable(result.organization.name ?? result.organization.id),
    printable(result.path),
    result.environment ?? '',
    ...used.map((each) => (plan && plan.summary[each] > 0 ? String(plan.summary[each]) : '')),
    words,
  ]);
  return table(titles, rows, [of, 'result'], room);
}
