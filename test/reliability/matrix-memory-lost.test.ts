import { matrixOf, type Way } from './matrix-of-writes.ts';

/* Every write of the plan of the books is answered by nothing: it never came, it came, or it comes later. */

const never = Number.POSITIVE_INFINITY;

/** A look for a lost write reads six times, and for a create once more. What comes after the last look may make twins, and nothing else may. */
const ways: readonly Way[] = [
  { effect: { type: 'lost_before' } },
  { effect: { type: 'lost_before', endsRun: true } },
  { effect: { type: 'lost_after' }, exit: 0 },
  { effect: { type: 'lost_after', endsRun: true } },
  { effect: { type: 'lost_after' }, lag: 2, exit: 0 },
  { effect: { type: 'lost_after' }, lag: 1000, exit: 5, twins: true },
  { effect: { type: 'late', reads: 1 }, exit: 0 },
  { effect: { type: 'late', reads: 5 }, exit: 0 },
  { effect: { type: 'late', reads: 6 }, twins: true },
  { effect: { type: 'late', reads: 17 }, twins: true },
  { effect: { type: 'late', reads: 20 }, twins: true },
  { effect: { type: 'late', reads: never }, lateNever: true },
  { effect: { type: 'late', reads: never }, lateBetween: true, twins: true },
];

matrixOf('matrix-memory-lost', () => ways);
