import type { Fault } from './faults.ts';

/** Which fault hits which request. */
export interface FaultPlan {
  /** The first fault that hits this request; every matching fault counts it. */
  take(method: string, path: string): Fault | null;
  replace(faults: readonly Fault[]): void;
}

interface Planned {
  readonly fault: Fault;
  readonly first: number;
  readonly last: number;
  seen: number;
}

/** A plan of faults, to be changed at any time. */
export function createFaultPlan(faults: readonly Fault[]): FaultPlan {
  let planned = faults.map(plannedOf);
  return {
    take: (method, path) => {
      const matching = planned.filter(({ fault }) => isHit(fault, method, path));
      for (const each of matching) each.seen += 1;
      return matching.find(({ seen, first, last }) => seen >= first && seen <= last)?.fault ?? null;
    },
    replace: (next) => {
      planned = next.map(plannedOf);
    },
  };
}

function plannedOf(fault: Fault): Planned {
  const first = fault.nth ?? 1;
  const times = fault.times ?? (fault.nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return { fault, first, last: first + times - 1, seen: 0 };
}

function isHit({ method, path }: Fault, givenMethod: string, givenPath: string): boolean {
  if (method !== undefined && method !== givenMethod) return false;
  if (path === undefined) return true;
  const pattern = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(givenPath);
}
