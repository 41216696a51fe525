import type { Fault } from './faults.ts';

/** What of a request decides whether a fault hits it. */
export interface Target {
  readonly method: string;
  /** Below the prefix. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** Which fault hits which request. */
export interface FaultPlan {
  /** The first fault that hits this request; every matching fault counts it. */
  take(target: Target): Fault | null;
  replace(faults: readonly Fault[]): void;
}

interface Planned {
  readonly fault: Fault;
  readonly first: number;
  readonly last: number;
  /** By URL, or all under one name. */
  readonly seen: Map<string, number>;
}

/** A plan of faults, to be changed at any time. */
export function createFaultPlan(faults: readonly Fault[]): FaultPlan {
  let planned = faults.map(plannedOf);
  return {
    take: (target) => {
      const matching = planned.filter(({ fault }) => isHit(fault, target));
      const due = matching.filter((each) => isDue(each, target));
      return due[0]?.fault ?? null;
    },
    replace: (next) => {
      planned = next.map(plannedOf);
    },
  };
}

function plannedOf(fault: Fault): Planned {
  const first = fault.nth ?? 1;
  const times = fault.times ?? (fault.nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return { fault, first, last: first + times - 1, seen: new Map() };
}

/** Counts the request. */
function isDue({ fault, first, last, seen }: Planned, { method, path, query }: Target): boolean {
  const counted = fault.per === 'url' ? `${method} ${path}?${query}` : 'all';
  const count = (seen.get(counted) ?? 0) + 1;
  seen.set(counted, count);
  return count >= first && count <= last;
}

const isHit = ({ method, path, body }: Fault, given: Target): boolean =>
  (method === undefined || method === given.method) &&
  (path === undefined || isLike(path, given.path)) &&
  (body === undefined || isLike(body, given.body));

function isLike(form: string, text: string): boolean {
  const pattern = form.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`, 's').test(text);
}
