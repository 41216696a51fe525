import { hidden, lagging, short } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* Faults that only cost time: what is repeated, lists that lag, and runs that have little time. */

await testMatrix('waits', 'waits', (clean) => [...hidden(clean), ...lagging(clean), ...short(clean)]);
