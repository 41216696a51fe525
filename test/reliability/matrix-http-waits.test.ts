import { hidden, short } from './http-cells.ts';
import { testMatrix } from './http-matrix.ts';

/* Faults that only cost time, everywhere at once, and runs that have little time. */

await testMatrix('waits', 'waits', (clean) => [...hidden(clean), ...short(clean)]);
