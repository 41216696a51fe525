import type { Fault } from '../../src/emulator/faults.ts';
import type { Change } from '../../src/model/plan.ts';
import type { Clean } from './http-cell.ts';
import { organization } from './world.ts';

/*
 * The requests of the recorded run, each with what a fault needs to hit it and no other: a read by its path and how
 * many came before, a write by the object that it is about, since writes run side by side in no fixed order.
 */

/** When a request is sent: before the first write, between writes, or after the last one. */
export type Phase = 'look' | 'write' | 'check';

/** One request of the recorded run. */
export interface Request {
  readonly name: string;
  /** Method and path with `{id}` for every id. */
  readonly template: string;
  readonly phase: Phase;
  readonly hit: Pick<Fault, 'method' | 'path' | 'body' | 'nth'>;
  /** The change that it writes. */
  readonly change: Change | null;
}

const templateOf = (path: string): string => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}');

/** All reads but the token, in the order of the recorded run. */
export function readsOf({ ran: { log } }: Clean): readonly Request[] {
  const isWrite = ({ method, path }: { method: string; path: string }) =>
    method !== 'GET' && path !== '/auth/token';
  const first = log.findIndex(isWrite);
  const last = log.findLastIndex(isWrite);
  const seen = new Map<string, number>();
  return log.flatMap(({ method, path }, at): readonly Request[] => {
    if (method !== 'GET') return [];
    const nth = (seen.get(path) ?? 0) + 1;
    seen.set(path, nth);
    const phase = at < first ? 'look' : at > last ? 'check' : 'write';
    const template = `GET ${templateOf(path)}`;
    return [
      { name: `${template} ${nth} (${phase})`, template, phase, hit: { method, path, nth }, change: null },
    ];
  });
}

/** Every write of the plan. */
export function writesOf({ plan }: Clean): readonly Request[] {
  const settings = plan.changes.filter(({ kind }) => kind === 'setting');
  const others = plan.changes.filter(({ kind }) => kind !== 'setting');
  return [...others, ...settings.slice(0, 1)].map((change) => {
    const hit = hitOf(change);
    const template = `${hit.method} ${templateOf(hit.path).replaceAll('*', '{id}')}`;
    return { name: `${template} ${change.address}`, template, phase: 'write', hit, change };
  });
}

function hitOf({ kind, action, id, after }: Change): { method: string; path: string; body?: string } {
  if (kind === 'setting') return { method: 'PATCH', path: `/entities/${organization}/settings` };
  if (kind === 'product_assignment') return { method: 'PATCH', path: `/products/${id}` };
  if (kind === 'line_item_assignment') return { method: 'PATCH', path: `/payables/*/line-items/${id}` };
  const path = kind === 'tax_rate' ? '/accounting-tax-rates' : '/ledger-accounts';
  if (action !== 'create') return { method: action === 'delete' ? 'DELETE' : 'PATCH', path: `${path}/${id}` };
  const [name, value] = ['nominal_code', 'code', 'name']
    .map((each) => [each, after?.[each]] as const)
    .find(([, each]) => typeof each === 'string') ?? ['name', ''];
  return { method: 'POST', path, body: `*"${name}":${JSON.stringify(value)}*` };
}
